"""The commands about a corpus's question bank: each yields the text to print."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from answer.errors import QuestionError
from bank.drafts import NO, YES, accept, drafted, write_draft
from bank.offered import OFFERED
from bank.questions import BANK, read_bank
from ui.errors import CommandError
from ui.printable import printable
from ui.settings import CORPUS, Places, drafts_folder, feedback_file
from ui.terminal import progress
from ui.terminal.batch import refusal
from ui.terminal.inventory import counted
from ui.terminal.library import open_answerer, read_documents
from ui.terminal.typed import typed

PRIVATE = (
    "Questions may hold names and illnesses of those who asked: take these out before you accept a "
    "line, because the page suggests known questions to everyone.\n"
)


def check(places: Places, *, questions: Path) -> Iterator[str]:
    """Check the corpus's question bank: evidence, coverage, gaps, duplicates, leaks.

    Raises:
        CommandError: if a question of the bank is one of the evaluation's.

    """
    from evaluation.bank.check import check_bank, without_leaks
    from evaluation.questions import read_questions
    from evaluation.text.bank import bank_text

    documents, skipped = read_documents(places)
    known = read_bank(places.corpus / BANK, documents, skipped)
    report = check_bank(known, documents, read_questions(questions))
    yield printable(bank_text(report).rstrip("\n")) + "\n"
    if without_leaks(report):
        raise CommandError("the bank asks what the evaluation asks: remove the lines listed above")


def draft(places: Places, *, batches: Sequence[str]) -> Iterator[str]:
    """Write a draft of lines for the bank: what visitors and the owner asked, and it does not know.

    Raises:
        CommandError: after the draft is written, if questions could not be asked.

    """
    from evaluation.bank.lines import draft_line
    from evaluation.bank.suggest import suggest
    from ui.terminal.heard import heard_from_owner, heard_from_visitors

    _check_own(places)
    owner = heard_from_owner(batches)
    with progress.waiting(sys.stderr):
        answerer = open_answerer(places)
        visitors = heard_from_visitors(feedback_file(), answerer.documents.keys())
        folder = drafts_folder(places.corpus)
        bank = [known.in_context for known in answerer.bank]
        found = suggest([*visitors.asked, *owner.asked], bank, list(drafted(folder)))
        lines, refused = [], list(owner.refused)
        for suggestion in found.chosen:
            try:
                lines.append(draft_line(answerer, suggestion))
            except QuestionError as error:
                refused.append(f"{suggestion.asked.question!r}: {error}")
    others = {
        "like one of the bank": found.in_bank,
        "in an earlier draft": found.in_drafts,
        "for the next draft": found.later,
        "feedback without its question": visitors.silent,
        "feedback on other documents": visitors.elsewhere,
        "feedback that cannot be read": visitors.unreadable,
    }
    yield _drafted(write_draft(folder, lines), len(lines), places) if lines else _NOTHING
    yield _left_out(others)
    if refused:
        raise refusal(refused)


def accept_draft(places: Places, *, file: Path) -> Iterator[str]:
    """Add the accepted lines of a draft to the bank."""
    _check_own(places)
    documents, skipped = read_documents(places)
    done = accept(file, places.corpus / BANK, documents, skipped)
    others = {
        "in the bank before": done.known,
        "turned down": done.turned_down,
        "still undecided": done.undecided,
    }
    if done.added:
        yield f"Added {counted(done.added, 'question')} to {done.file}. "
        yield f"Now run `{typed('build', places.named)}`: answers use the bank as it was built.\n"
    elif done.known:
        yield "Nothing was added: the bank has every line that is accepted.\n"
    else:
        yield f'Nothing was added: put "{YES}" in "accept" where a line is right.\n'
    yield _left_out(others)


def offer(places: Places) -> Iterator[str]:
    """Choose questions of the bank that a page may suggest: clear ones that are answered.

    Raises:
        CommandError: if questions are offered already, or the bank has none that can be.

    """
    from answer.asking.spelling import Speller
    from answer.mining.mined import mine
    from evaluation.bank.clear import is_clear
    from evaluation.bank.offer import offers
    from index.encoder import open_encoder

    path = places.corpus / BANK / OFFERED
    if path.exists():
        raise CommandError(f"{path} is there already: edit it, or delete it to choose anew")
    with progress.waiting(sys.stderr):
        answerer = open_answerer(places)
        speller = Speller(mine(answerer.documents.values()), open_encoder(places.index))
        chosen = offers(answerer.bank, answerer.answer, lambda text: is_clear(text, speller))
    number = sum(map(len, chosen.values()))
    if not number:
        raise CommandError(
            "the bank has no question that is clear by itself and answered: add some to it"
        )
    path.write_text(json.dumps(chosen, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    yield f"Chose {counted(number, 'question')}: {path}\n"
    yield (
        "Read them: take out what you would not suggest, and put the six to start with first in "
        "each list. The page suggests them when it is started again.\n"
    )


_NOTHING = (
    "Nothing to draft: no question was asked that the bank does not know. Name files with one "
    "question per line, or let visitors keep their question with their feedback.\n"
)


def _drafted(draft: Path, number: int, places: Places) -> str:
    command = typed(f"bank accept {shlex.quote(str(draft))}", places.named)
    return (
        f"Drafted {counted(number, 'question')} in {draft}\n"
        f'Change "accept" in each line: "{YES}" if it is right as it stands, the numbers of the '
        f'quotes that answer ("1", "23"), or "{NO}" to turn it down. Then run '
        f"`{command}`.\n{PRIVATE}"
    )


def _left_out(counts: Mapping[str, int]) -> str:
    named = [f"{number} ({what})" for what, number in counts.items() if number]
    return f"Left out: {', '.join(named)}.\n" if named else ""


def _check_own(places: Places) -> None:
    if places.corpus.resolve() == CORPUS:
        raise CommandError(
            f"the bank of the supplied documents comes with the program: copy {CORPUS} to a folder "
            "of your own and name that with --corpus"
        )
