"""``quotewell add``, ``replace`` and ``withdraw``: each yields the text to print."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.store import kept_folder
from library import history
from library.adding import add as add_files
from library.candidates import look_through
from library.changing import replace as replace_file
from library.changing import withdraw as withdraw_documents
from library.outcomes import Known, Outcome, Refused
from ui.errors import CommandError, tell
from ui.settings import CORPUS, Places
from ui.terminal import commands, progress
from ui.terminal.answer_text import terminal_width
from ui.terminal.inventory import counted
from ui.terminal.owner.questions import Asker
from ui.terminal.owner.report import outcome_text, records, totals_text
from ui.terminal.typed import as_typed, typed


@dataclass(frozen=True, slots=True)
class Manner:
    """How a command goes about it."""

    asks: bool
    """Whether a person at the terminal is asked for what is missing."""
    as_json: bool
    builds: bool
    """Whether the index is built afterwards."""


def add(
    places: Places,
    named: Sequence[Path],
    exports: Sequence[Path],
    folders: Sequence[Path],
    manner: Manner,
) -> Iterator[str]:
    """Add files, folders and what exports name; see ``library.candidates.look_through``.

    Raises:
        CommandError: if the library is the program's own, or at the end, if a file was not added.

    """
    check_own(places)
    wanted = look_through(named, exports, folders)
    asker = Asker() if manner.asks else None
    outcomes: list[Outcome] = []
    bar = None if asker else progress.progress_bar(sys.stderr)
    for outcome in add_files(places.corpus, wanted, asker, kept_folder(places.index)):
        progress.erase(sys.stderr)
        outcomes.append(outcome)
        if isinstance(outcome, Refused):
            tell(as_typed(outcome.reason, places.named))
        elif not manner.as_json:
            yield outcome_text(
                outcome, terminal_width(), is_brief=bool(asker and outcome.path in asker.shown)
            )
        if bar:
            bar("adding", len(outcomes), max(len(wanted.candidates), len(outcomes)))
    progress.erase(sys.stderr)
    if not manner.as_json:
        yield totals_text(outcomes)
    yield from _finish(places, outcomes, manner)


def replace(places: Places, doc_id: str, path: Path, manner: Manner) -> Iterator[str]:
    """Put a new version in the place of a document."""
    check_own(places)
    outcome = replace_file(places.corpus, doc_id, path, kept_folder(places.index))
    if isinstance(outcome, Refused):
        tell(as_typed(outcome.reason, places.named))
    elif not manner.as_json:
        yield outcome_text(outcome, terminal_width())
    yield from _finish(places, [outcome], manner)


def withdraw(places: Places, doc_ids: Sequence[str], manner: Manner) -> Iterator[str]:
    """Take documents out of the library; its history keeps them."""
    check_own(places)
    withdraw_documents(places.corpus, doc_ids)
    yield f"Withdrew {', '.join(doc_ids)}.\n"
    if commands.is_empty(places):
        yield f"The library is empty now. Add to it: {typed('add', places.named)} FILE\n"
    elif manner.builds:
        yield from commands.build(places)


def check_own(places: Places) -> None:
    """Refuse to change the library that comes with the program."""
    if places.corpus.resolve() == CORPUS.resolve():
        raise CommandError(
            "the two supplied documents come with the program and stay as they are; name a folder "
            "for a library of your own, which `quotewell add` makes: --corpus DIR"
        )


def _finish(places: Places, outcomes: Sequence[Outcome], manner: Manner) -> Iterator[str]:
    """Build the index if the library changed, print the JSON, and fail if a file was refused."""
    is_changed = any(not isinstance(one, Known | Refused) for one in outcomes)
    built: dict[str, Any] | None = None
    if manner.builds and is_changed:
        if manner.as_json:
            built = commands.built(places).record()
        else:
            yield from commands.build(places)
    elif is_changed and not manner.as_json:
        yield f"Not built. Before the next question: {typed('build', places.named)}\n"
    if manner.as_json:
        version = None if commands.is_empty(places) else history.record(places.corpus)
        record = {**records(outcomes), "version": version, "build": built}
        yield json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    if refused := sum(isinstance(one, Refused) for one in outcomes):
        raise CommandError(f"{counted(refused, 'file')} not added: see above why, and what to do")
