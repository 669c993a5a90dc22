"""What visitors say about an answer: one JSON line each, in a file on this machine.

A line holds the verdict, the audience that was chosen, and which quotes the answer had. It holds
the question only if the visitor agreed. Nothing else about the visitor is known or kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from answer.quotes import Answer
from ingest.document import Span
from ingest.errors import OffsetError
from ingest.units import Unit
from ui.facts import AUDIENCES, Audience

VERDICTS: Mapping[str, str] = {
    "useful": "It helps",
    "wrong_quote": "A quote is wrong",
    "missing": "Something is missing",
}
"""Each verdict and the words on its button."""

COMPLAINTS = ("wrong_quote", "missing")
"""The verdicts on an answer that was not right."""

ANSWERED, NOT_FOUND = _STATUSES = ("answered", "not_found")
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError)

THANKS = "Thank you. This was kept without your question."
THANKS_WITH_QUESTION = "Thank you. This was kept with your question."
NOT_KEPT = "This could not be kept. Please try again later."

MOST_BYTES = 16 * 1024 * 1024
"""At this size the file takes no more lines: nobody can fill the disk by clicking."""

LONGEST_LINE = 256 * 1024
"""Bytes of a line that is read: far more than the longest question takes, escaped."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One line of the file."""

    at: datetime
    """When it was given, in UTC."""
    verdict: str
    audience: Audience | None
    """None if the visitor did not say."""
    is_found: bool
    """Whether the question was answered."""
    quotes: tuple[Unit, ...]
    """Those of the answer, best first."""
    question: str = ""
    """Empty unless the visitor agreed to keep it."""


def read_feedback(file: Path) -> Iterator[Feedback | None]:
    """Yield what each line of the file says, oldest first; None for one that cannot be read.

    No more than a line is held, however large the file is.

    Raises:
        OSError: if the file cannot be read.

    """
    with file.open("rb") as lines:
        while line := lines.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                while not line.endswith(b"\n") and (more := lines.readline(LONGEST_LINE)):
                    line = more
                yield None
            elif line.strip():
                yield _feedback(line)


def keep_feedback(
    wanted: object, answers: Mapping[str, Answer], audience: Audience | None, file: Path
) -> str:
    """Append a line about an answer and return what to tell the visitor.

    Args:
        wanted: the turn's name, the verdict, and whether the question may be kept, as they came
            from the browser.
        answers: those on the page, by the name of their turn.
        audience: the one chosen on the page, if one was.
        file: the JSON lines.

    Returns:
        Empty if there is no such answer or verdict, and nothing was kept.

    """
    if not isinstance(wanted, Mapping):
        return ""
    answer, verdict = answers.get(str(wanted.get("turn"))), str(wanted.get("verdict"))
    if answer is None or verdict not in VERDICTS:
        return ""
    agreed = wanted.get("agreed") is True
    record = _record(answer, verdict, audience) | ({"question": answer.question} if agreed else {})
    try:
        is_kept = _append(record, file)
    except OSError:
        is_kept = False
    if not is_kept:
        return NOT_KEPT
    return THANKS_WITH_QUESTION if agreed else THANKS


def feedback_html(name: str) -> str:
    """Return the collapsed "Was this right?" of an answer; ``name`` is that of its turn."""
    buttons = "".join(
        f'<button class="qw-file" type="button" data-feedback="{verdict}" data-turn="{name}">'
        f"{words}</button>"
        for verdict, words in VERDICTS.items()
    )
    return (
        '<details class="qw-feedback"><summary>Was this right?</summary>'
        f'<div class="qw-files">{buttons}</div>'
        '<p class="qw-agree"><label><input type="checkbox"> Keep my question with it</label></p>'
        '<p class="qw-told">What you say stays on this server. '
        "Your question stays out of it unless you tick the box.</p></details>"
    )


def _record(answer: Answer, verdict: str, audience: Audience | None) -> dict[str, object]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdict": verdict,
        "audience": audience,
        "status": ANSWERED if answer.is_found else NOT_FOUND,
        "quotes": [
            {"document": quote.doc_id, "span": [quote.span.start, quote.span.end]}
            for quote in answer.citations
        ],
    }


def _feedback(line: bytes) -> Feedback | None:
    """Return what a line says; None if it is not one that ``_record`` made."""
    try:
        record: dict[str, Any] = json.loads(line)
        verdict, audience, status = record["verdict"], record["audience"], record["status"]
        at = datetime.fromisoformat(record["at"]).astimezone(UTC)
        quotes = tuple(Unit(q["document"], Span(*q["span"])) for q in record["quotes"])
        question = record.get("question", "").encode(errors="replace").decode()
    except (*_MALFORMED, OffsetError):
        return None
    if verdict not in VERDICTS or audience not in (*AUDIENCES, None) or status not in _STATUSES:
        return None
    return Feedback(at, verdict, audience, status == ANSWERED, quotes, question)


def _append(record: Mapping[str, object], file: Path) -> bool:
    """Append a line in one write, so that visitors' lines never mix; return False if full."""
    file.parent.mkdir(parents=True, exist_ok=True)
    line = (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(handle).st_size + len(line) > MOST_BYTES:
            return False
        return os.write(handle, line) == len(line)
    finally:
        os.close(handle)
