"""Leave out of a question what only surrounds it: greetings, excuses, thanks, the asker's job."""

from __future__ import annotations

import re

from answer.notices.phrases import load_tables
from answer.notices.spelling import fold

WORDS = load_tables("courtesy", "small_talk")
COURTESIES = [
    *WORDS["courtesy"].groups.values(),
    *(WORDS["small_talk"].groups[name] for name in ("greetings", "thanks", "around")),
]
PART = re.compile(r"[^.?!;:,]*[.?!;:,]+\s*|[^.?!;:,]+$")
"""A stretch of a question up to and with a stop or a comma."""
MEANING = re.compile(r"\w")


def without_courtesy(text: str) -> str:
    """Return the question without the parts at its beginning and end that are courtesies.

    A part ends at a stop or a comma. If nothing else is left, nothing is left out.
    """
    parts = PART.findall(text)
    while parts and _is_courtesy(parts[0]):
        parts.pop(0)
    while parts and _is_courtesy(parts[-1]):
        parts.pop()
    return "".join(parts).strip() or text


def _is_courtesy(part: str) -> bool:
    said = left = fold(part)
    for pattern in COURTESIES:
        left = pattern.sub("", left)
    return left != said and MEANING.search(left) is None
