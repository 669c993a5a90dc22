"""Where the values of a JSON text are, so that the rest of it stays as somebody wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Member:
    """A key of a JSON object and where its value is in the text: ``[start, end)``."""

    key: str
    start: int
    end: int


def values(text: str) -> Iterator[int]:
    """Yield where each value of the outermost list begins."""
    at = after_space(text, text.index("[") + 1)
    while text[at] != "]":
        yield at
        at = after_space(text, DECODER.raw_decode(text, at)[1])
        at = after_space(text, at + 1) if text[at] == "," else at


def members(text: str, start: int) -> Iterator[Member]:
    """Yield the members of the object that begins at ``start``."""
    at = after_space(text, start + 1)
    while text[at] != "}":
        key, at = DECODER.raw_decode(text, at)
        first = after_space(text, after_space(text, at) + 1)  # after the colon
        _, end = DECODER.raw_decode(text, first)
        yield Member(key, first, end)
        at = after_space(text, end)
        at = after_space(text, at + 1) if text[at] == "," else at


def after_space(text: str, at: int) -> int:
    """Return where the white space at ``at`` ends."""
    match = _SPACE.match(text, at)
    return match.end() if match else at
