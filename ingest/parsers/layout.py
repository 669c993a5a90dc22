"""The headings that the layout of a plain text file shows: underlined and numbered lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.repair.headings import MAX_HEADING_WORDS

UNDERLINE = re.compile(r"[ \t]*(?:(?P<first>={3,})|-{3,})[ \t]*")
NUMBERED = re.compile(
    r"[ \t]{0,3}(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?[ \t\u00a0]+(?P<title>\S.*)"
)
ENDS = re.compile(r"[.:;,…][\"”’')\]]*\s*$")
"""How no heading ends; a question may be one."""

Number = tuple[int, ...]
"""Of the heading "2.1 Dose": (2, 1)."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A line that begins with a number, heading or not."""

    at: int
    number: Number
    title: str


def underlined_headings(lines: Sequence[str]) -> dict[int, int]:
    """Return the level of each line that stands alone over a row of "=" (1) or "-" (2)."""
    found = {}
    for at, (line, below) in enumerate(pairwise(lines)):
        underline = UNDERLINE.fullmatch(below)
        if underline and _is_short(line) and _is_blank(lines, at - 1):
            found[at] = 1 if underline["first"] else 2
    return found


def numbered_headings(lines: Sequence[str]) -> dict[int, int]:
    """Return the level of each line that is a numbered heading: 2 for "3.", 3 for "3.1".

    It is short, has no full stop and stands alone: after a blank line, and before one or before
    text that would have fitted on its line. The numbers run from 1 through the file, at least to 2;
    two in a row with nothing between them are items of a list.
    """
    numbered = list(_numbered(lines))
    listed = {line.at for pair in pairwise(numbered) if _are_items(lines, *pair) for line in pair}
    found: list[_Numbered] = []
    for line in numbered:
        last = found[-1] if found else None
        if line.at in listed or not _goes_on(last, line):
            continue
        if _is_short(line.title) and _stands_alone(lines, line, last):
            found.append(line)
    is_series = any(line.number == (2,) for line in found)
    return {line.at: len(line.number) + 1 for line in found} if is_series else {}


def _numbered(lines: Sequence[str]) -> Iterator[_Numbered]:
    for at, line in enumerate(lines):
        if match := NUMBERED.fullmatch(line):
            number = tuple(int(part) for part in match["number"].split("."))
            yield _Numbered(at, number, match["title"])


def _are_items(lines: Sequence[str], one: _Numbered, other: _Numbered) -> bool:
    """Whether the second line has the next number and only blank lines separate the two."""
    if other.number != (*one.number[:-1], one.number[-1] + 1):
        return False
    return all(_is_blank(lines, at) for at in range(one.at + 1, other.at))


def _goes_on(last: _Numbered | None, line: _Numbered) -> bool:
    """Whether the number is the next one at some depth, or the first of a deeper one."""
    if last is None:
        return line.number == (1,)
    depth = len(line.number)
    if depth > len(last.number):
        return line.number == (*last.number, 1)
    before = last.number[:depth]
    return line.number == (*before[:-1], before[-1] + 1)


def _is_short(title: str) -> bool:
    """Whether a line has few words, begins like a heading and does not end like text."""
    first = title.lstrip()[:1]
    begins_well = first.isalpha() and not first.islower()
    return begins_well and len(title.split()) <= MAX_HEADING_WORDS and not ENDS.search(title)


def _stands_alone(lines: Sequence[str], line: _Numbered, last: _Numbered | None) -> bool:
    is_under_heading = last is not None and last.at == line.at - 1
    if not (is_under_heading or _is_blank(lines, line.at - 1)):
        return False
    if _is_blank(lines, line.at + 1) or NUMBERED.fullmatch(lines[line.at + 1]):
        return True
    return _had_room(lines, line.at)


def _had_room(lines: Sequence[str], at: int) -> bool:
    """Whether the first word of the next line would have fitted on this one."""
    first, width, end = lines[at + 1].split()[0], 0, at + 1
    while not _is_blank(lines, end):
        width = max(width, len(lines[end].rstrip()))
        end += 1
    return first[:1].isupper() and len(lines[at].rstrip()) + 1 + len(first) <= width


def _is_blank(lines: Sequence[str], at: int) -> bool:
    return not 0 <= at < len(lines) or not lines[at].strip()
