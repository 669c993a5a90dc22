"""What is asked on a terminal about a new document: only what is missing; Enter leaves it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

from corpus.checks import Audience
from corpus.dates import is_iso_date
from library.proposal import Proposal, date_parts
from ui.printable import printable
from ui.terminal.answer_text import terminal_width
from ui.terminal.owner.report import facts_lines

STOP = "."
QUESTIONS = {
    "title": "Title",
    "author": "Authors (Family, Given; Family, Given)",
    "issued": "Published (2024, 2024-06 or 2024-06-19)",
    "container-title": "Journal, or who published it",
    "audience": "Written for (clinician or patient)",
    "evidence": 'Kind of evidence (such as "randomised trial")',
    "rights": "On what terms it may be used",
}


class Asker:
    """Asks whoever sits at the terminal."""

    def __init__(self, read: Callable[[str], str] = input) -> None:
        self._read = read
        self._is_over = False
        self.shown: set[Path] = set()
        """The files of which it was shown what was found."""

    def missing(self, path: Path, proposal: Proposal) -> Mapping[str, Any]:
        """Show what was found about a file, and return the answers about the rest."""
        if self._is_over:
            return {}
        self.shown.add(path)
        lines = facts_lines(proposal.item, proposal.origins, terminal_width())
        print("\n".join([f"\n{printable(path.name)}", *lines]))
        if proposal.missing:
            print(f"    Not found; Enter leaves it out, {STOP} asks nothing more:")
        answers: dict[str, Any] = {}
        for key in proposal.missing:
            value = self._ask(key)
            if self._is_over:
                break
            if value:
                answers |= _answer(key, value, proposal)
        return answers

    def is_another(self, path: Path, doc_id: str) -> bool:
        """Ask whether a file that looks like a known document is another one."""
        question = f"{path.name} has the DOI or the title of {doc_id}. Add it as another? [y/N] "
        return self._line(question).lower() in ("y", "yes")

    def _ask(self, key: str) -> str:
        while True:
            said = self._line(f"    {QUESTIONS[key]}: ")
            if said == STOP:
                self._is_over = True
            if said in ("", STOP):
                return ""
            if key == "issued" and not is_iso_date(said):
                continue
            if key == "audience":
                said = next((one for one in get_args(Audience) if one.startswith(said.lower())), "")
                if not said:
                    continue
            return said

    def _line(self, question: str) -> str:
        try:
            return " ".join(self._read(printable(question)).split())
        except EOFError:
            self._is_over = True
            return ""


def _answer(key: str, said: str, proposal: Proposal) -> dict[str, Any]:
    if key == "issued":
        return {"issued": date_parts(said)}
    if key == "author":
        return {"author": [_person(name) for name in said.split(";") if name.strip()]}
    if key == "container-title" and not proposal.item.get("DOI"):
        return {"publisher": said}
    return {key: said}


def _person(name: str) -> dict[str, str]:
    family, _, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if given else {"literal": family}
