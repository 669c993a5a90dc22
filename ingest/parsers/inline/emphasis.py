"""Which asterisks and underscores are emphasis, and which stand for themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(slots=True)
class Mark:
    """A run of one mark character; what remains of it once all marks are paired is text."""

    start: int
    end: int
    character: str
    can_open: bool
    can_close: bool


def mark(text: str, start: int, end: int) -> Mark:
    """Return the mark ``text[start:end]``, judged by its neighbours.

    A mark opens before and closes after something visible; an underscore does neither within a
    word. Between two digits an asterisk is a multiplication sign.
    """
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    character = text[start]
    can_open, can_close = not after.isspace(), not before.isspace()
    if character == "_":
        can_open = can_open and not _is_word(before)
        can_close = can_close and not _is_word(after)
    elif before.isdigit() and after.isdigit():
        can_open = can_close = False
    return Mark(start, end, character, can_open, can_close)


def pair_up(marks: Iterable[Mark]) -> None:
    """Remove the marks that open or close something from the runs, each opener's last first."""
    opened: list[Mark] = []
    n_opened: Counter[str] = Counter()
    for closer in marks:
        if closer.can_close:
            _close(closer, opened, n_opened)
        if closer.can_open and closer.start < closer.end:
            opened.append(closer)
            n_opened[closer.character] += 1


def _close(closer: Mark, opened: list[Mark], n_opened: Counter[str]) -> None:
    while closer.start < closer.end and n_opened[closer.character]:
        opener = opened[-1]
        if opener.character == closer.character:
            size = min(opener.end - opener.start, closer.end - closer.start)
            opener.end -= size
            closer.start += size
        if opener.character != closer.character or opener.start == opener.end:
            opened.pop()
            n_opened[opener.character] -= 1


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
