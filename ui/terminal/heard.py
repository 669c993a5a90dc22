"""The questions that people asked: from visitors' feedback, and from batches of an owner."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.bank.suggest import Asked
from ui.facts import AUDIENCES
from ui.feedback import COMPLAINTS, VERDICTS, Feedback, read_feedback
from ui.terminal.batch import name_of, read_batch


@dataclass(frozen=True, slots=True)
class Heard:
    """Questions that were asked, and how many lines hold none."""

    asked: tuple[Asked, ...]
    silent: int = 0
    """Lines of feedback without their question: visitors need not give it."""
    elsewhere: int = 0
    """Lines of feedback on quotes from documents that are not here."""
    unreadable: int = 0
    """Lines of feedback that cannot be read."""
    refused: tuple[str, ...] = ()
    """Why lines of batches cannot be asked."""


def heard_from_visitors(file: Path | None, documents: Collection[str]) -> Heard:
    """Return the questions of the feedback on these documents; none if there is no file."""
    if file is None or not file.exists():
        return Heard(())
    everything = list(read_feedback(file))
    lines = [one for one in everything if one is not None]
    here = [one for one in lines if all(quote.doc_id in documents for quote in one.quotes)]
    asked = tuple(_of_visitor(one) for one in here if one.question)
    unreadable = len(everything) - len(lines)
    return Heard(asked, len(here) - len(asked), len(lines) - len(here), unreadable)


def heard_from_owner(batches: Sequence[str]) -> Heard:
    """Return the questions of some batches; the voice of all is that of the first audience.

    Raises:
        CommandError: if a batch is not UTF-8.
        OSError: if it cannot be read.

    """
    asked, refused = [], []
    for batch in batches:
        for one in read_batch(batch):
            if one.problem:
                refused.append(f"{name_of(batch)}, line {one.line}: {one.problem}")
            else:
                asked.append(Asked(one.question, AUDIENCES[0], one.history, one.documents))
    return Heard(tuple(asked), refused=tuple(refused))


def _of_visitor(feedback: Feedback) -> Asked:
    return Asked(
        question=feedback.question,
        voice=feedback.audience or AUDIENCES[0],
        verdict=VERDICTS[feedback.verdict],
        complains=feedback.verdict in COMPLAINTS,
        shown=feedback.quotes,
    )
