"""The questions in a message: "What is X and how is it given?" asks two."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 3
"""A message with more questions is searched for as a whole. Chosen by hand."""
SHORT_WORDS = 3
"""Fewer are no question of their own: "Why?", "and how often?". Chosen by hand."""

_AUXILIARY = (
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|may|might|must|shall|should|will|would"
    r"|isn['’]t|wasn['’]t|doesn['’]t|didn['’]t)\b"
)
_SUBJECT = (
    "it|he|she|they|we|you|i|this|that|these|those|there|the|an?|his|her|its|their|my|your|our"
)
_INTERROGATIVE = (
    r"(?:what|which|who|whom|whose|when|where|why|how)\b(?:['’]s\b|(?:\s+"
    rf"(?!(?:{_SUBJECT})\b)[\w-]+){{0,3}}?\s+{_AUXILIARY})"
)
"""The beginning of a direct question: "how often is", not "how often it is" or "who"."""
AFTER_QUESTION = re.compile(r"(?<=\?)\s+")
AND_ASKS = re.compile(
    rf",?\s+(?:(?:and|or|but)\s+(?={_INTERROGATIVE})"
    rf"|(?:and|but)\s+(?={_AUXILIARY}\s+(?:it|he|she|they|we|you|i|this|that|these|those|there)\b))",
    re.IGNORECASE,
)
ASKS = re.compile(rf"(?:^|[,.;:?]\s+)(?:{_INTERROGATIVE}|{_AUXILIARY})", re.IGNORECASE)


def parts_of(message: str) -> tuple[str, ...]:
    """Return the questions in a message, in its own words; the message if it is one question.

    They are cut where one ends with a question mark, and before "and", "or" or "but" with a new
    direct question after it. Statements belong to the question that they precede; "What are the
    dose and schedule?" and "how is it given and why?" are one question.

    Args:
        message: as ``index.query.visible`` returns it.

    """
    found: list[str] = []
    for piece in AFTER_QUESTION.split(message):
        if found and not (found[-1].endswith("?") and _is_question(piece)):
            found[-1] += f" {piece}"
        else:
            found += _joined_by_and(piece)
    return tuple(found) if 1 < len(found) <= MOST else (message,)


def _is_question(piece: str) -> bool:
    return len(piece.split()) >= SHORT_WORDS and ("?" in piece or ASKS.search(piece) is not None)


def _joined_by_and(sentence: str) -> Iterator[str]:
    """Yield the questions that "and" joins, the last one with the question mark."""
    start = 0
    for joint in AND_ASKS.finditer(sentence):
        before, after = sentence[start : joint.start()], sentence[joint.end() :]
        if ASKS.search(before) and min(len(before.split()), len(after.split())) >= SHORT_WORDS:
            yield before
            start = joint.end()
    yield sentence[start:]
