"""``quotewell feedback``: the owner's view of what visitors said, as text or JSON."""

from __future__ import annotations

import argparse
import heapq
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from answer.errors import CitationError
from answer.quotes import cite
from ingest.document import Document
from ui.errors import CommandError, tell
from ui.facts import AUDIENCES, Audience
from ui.feedback import ANSWERED, NOT_FOUND, VERDICTS, Feedback, read_feedback
from ui.printable import printable
from ui.settings import Places, feedback_file
from ui.terminal.answer_text import terminal_width, wrapped
from ui.terminal.inventory import counted
from ui.terminal.library import read_documents
from ui.terminal.options import Run

NEWEST = 50
"""Lines that are listed; older ones are only counted, so that a large file takes no memory."""
SAID = {ANSWERED: "answered", NOT_FOUND: "not answered"}
ASKING = (*AUDIENCES, None)
"""Who may have asked; None did not say."""
_INDENT = " " * 4


@dataclass(slots=True)
class Review:
    """What a file of feedback holds."""

    counts: Counter[tuple[str, Audience | None]] = field(default_factory=Counter)
    """Lines by verdict and audience."""
    newest: list[Feedback] = field(default_factory=list)
    """The newest first, at most ``NEWEST``."""
    unreadable: int = 0
    """Lines that cannot be read."""


def add_arguments(command: argparse.ArgumentParser) -> Run:
    """Let the command take what is shown, and how."""
    command.add_argument(
        "--since",
        type=_day,
        metavar="DATE",
        default=date.min,
        help="only what was said on that day or later, as 2026-01-31 (in UTC)",
    )
    command.add_argument("--json", action="store_true", help="print the same as JSON")
    return lambda places, arguments: show(places, since=arguments.since, as_json=arguments.json)


def show(places: Places, *, since: date, as_json: bool) -> Iterator[str]:
    """Count what visitors said and list the newest.

    Args:
        places: the corpus whose documents the quotes are found in.
        since: the first day, in UTC.
        as_json: whether to print one object instead of text.

    Raises:
        CommandError: if feedback is turned off, or nobody has said anything yet.
        OSError: if the file cannot be read.

    """
    file = feedback_file()
    if file is None:
        raise CommandError("feedback is turned off: unset QUOTEWELL_FEEDBACK or set it to a file")
    if not file.exists():
        raise CommandError(
            f"{file}: nobody has said anything yet; serve the page with `quotewell serve`, "
            "which asks under each answer"
        )
    found = review(read_feedback(file), since)
    is_quoted = any(one.quotes for one in found.newest)
    documents = read_documents(places)[0] if is_quoted else {}
    if as_json:
        yield json.dumps(_record(found, documents), ensure_ascii=False, indent=2) + "\n"
    else:
        yield from _text(found, file, documents, terminal_width())
    if found.unreadable:
        tell(
            f"{file}: {counted(found.unreadable, 'line')} cannot be read and not counted: "
            "correct or delete what is not a line of feedback"
        )


def review(lines: Iterable[Feedback | None], since: date) -> Review:
    """Count the lines from a day on, and keep the newest of them."""
    found = Review()

    def counted_ones() -> Iterator[tuple[Feedback, int]]:
        for number, one in enumerate(lines):
            if one is None:
                found.unreadable += 1
            elif one.at.date() >= since:
                found.counts[one.verdict, one.audience] += 1
                yield one, number

    newest = heapq.nlargest(NEWEST, counted_ones(), key=lambda each: (each[0].at, each[1]))
    found.newest = [one for one, _ in newest]
    return found


def _text(
    found: Review, file: Path, documents: Mapping[str, Document], width: int
) -> Iterator[str]:
    yield f"{counted(found.counts.total(), 'line')} of feedback in {printable(str(file))}\n\n"
    yield _table(found.counts)
    if found.newest:
        rest = found.counts.total() - len(found.newest)
        older = f" (and {rest} older: see --since, or the file itself)" if rest else ""
        yield f"\nNewest first{older}:\n"
    for one in found.newest:
        yield "\n" + "\n".join(_lines(one, documents, width)) + "\n"


def _table(counts: Mapping[tuple[str, Audience | None], int]) -> str:
    """Return the counts, a line for each verdict and a column for each audience."""
    rows = [["", *map(_said, ASKING), "all"]]
    for verdict, words in VERDICTS.items():
        cells = [counts.get((verdict, audience), 0) for audience in ASKING]
        rows.append([words, *map(str, cells), str(sum(cells))])
    first = max(len(row[0]) for row in rows)
    widths = [max(len(row[at]) for row in rows) for at in range(1, len(rows[0]))]
    return "".join(
        f"{row[0]:<{first}}"
        + "".join(f"  {cell:>{width}}" for cell, width in zip(row[1:], widths, strict=True))
        + "\n"
        for row in rows
    )


def _said(audience: Audience | None) -> str:
    return audience or "not said"


def _lines(one: Feedback, documents: Mapping[str, Document], width: int) -> Iterator[str]:
    said = (
        f"{one.at:%Y-%m-%d %H:%M}",
        VERDICTS[one.verdict],
        _said(one.audience),
        SAID[_status(one)],
    )
    yield " · ".join(said)
    question = f"“{one.question}”" if one.question else "(question not kept)"
    yield wrapped(" ".join(question.split()), _INDENT, width)
    if one.quotes:
        yield wrapped(f"first quote: {_place(one, documents)}", _INDENT, width)


def _record(found: Review, documents: Mapping[str, Document]) -> dict[str, object]:
    return {
        "counts": {
            verdict: {_said(audience): found.counts[verdict, audience] for audience in ASKING}
            for verdict in VERDICTS
        },
        "unreadable": found.unreadable,
        "newest": [
            {
                "at": one.at.isoformat(),
                "verdict": one.verdict,
                "audience": one.audience,
                "status": _status(one),
                "question": one.question or None,
                "first_quote": _place(one, documents) if one.quotes else None,
            }
            for one in found.newest
        ],
    }


def _status(one: Feedback) -> str:
    return ANSWERED if one.is_found else NOT_FOUND


def _place(one: Feedback, documents: Mapping[str, Document]) -> str:
    """Say where the first quote stands, or stood if its document is not here or has changed."""
    quote = one.quotes[0]
    place = f"characters {quote.span.start} to {quote.span.end}"
    if document := documents.get(quote.doc_id):
        try:
            place = cite(document, quote.span, 0.0).locator
        except CitationError:
            place += " of a former version"
    return f"{quote.doc_id}, {place}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date: write it as 2026-01-31"
        ) from None
