"""Paragraphs: consecutive lines of one column that belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.pdf.layout.lines import Line
from ingest.parsers.pdf.layout.measures import Measures

SIZE_CHANGE = 0.6
"""Points."""
GAP = 1.28
"""In the usual distance of lines: a wider one begins a paragraph."""
INDENT = (0.7, 4.0)
"""In em: how far a first line is set in."""
SHORT = 2.0
"""In em before the right edge: where a last line ends that does not fill its column."""
ENDS = re.compile(r"[.!?:;…][\"”’')\]]*(?:\s?\[?[\d,–-]+\]?)?$")
BULLET = re.compile(r"(?:[•‣▪◦●■□–*·]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s*\S")
CENTRED = 0.75
"""In em: how equal both margins of a centred line are."""


def paragraphs(lines: Sequence[Line], measures: Measures) -> list[list[Line]]:
    """Cut lines, in reading order, into paragraphs; none goes beyond its column."""
    made: list[list[Line]] = []
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if at and not _begins(lines[at - 1], line, following, made[-1], measures):
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _begins(
    above: Line, line: Line, below: Line | None, paragraph: list[Line], measures: Measures
) -> bool:
    """Whether a line begins a paragraph."""
    if (above.page, above.column) != (line.page, line.column):
        return True
    if abs(above.size - line.size) > SIZE_CHANGE or above.is_bold != line.is_bold:
        return True
    if line.base - above.base > GAP * measures.leading(line.size) or line.base < above.base - 1:
        return True
    return (
        _is_set_in(above, line, below, paragraph)
        or _follows_end(above, line)
        or _follows_heading(above, line)
    )


def _follows_heading(above: Line, line: Line) -> bool:
    """Whether the line above stops short and is set in italics or capitals, and this is not."""
    is_other = above.is_italic != line.is_italic or above.text.isupper() != line.text.isupper()
    return _is_short(above) and is_other and not line.text[0].islower() and not above.ends_in_hyphen


def _is_set_in(above: Line, line: Line, below: Line | None, paragraph: list[Line]) -> bool:
    """Whether its left edge shows a first line: set in, or set out where the others are in."""
    if _is_centred(line) and _is_centred(above):
        return False
    em = line.size
    by = (line.left - above.left) / em
    if by > INDENT[0]:
        if not ENDS.search(above.text) and not _is_short(above):
            return False  # in the middle of a sentence: the second line of an entry
        goes_back = below is None or below.page != line.page or below.left < line.left - 0.4 * em
        is_hanging = len(paragraph) == 1 and not goes_back
        return by < INDENT[1] and goes_back and not is_hanging
    if by < -INDENT[0]:
        return len(paragraph) > 1
    return False


def _is_centred(line: Line) -> bool:
    left, right = line.edges
    before, after = line.left - left, right - line.right
    return before > line.size and abs(before - after) < CENTRED * line.size


def _follows_end(above: Line, line: Line) -> bool:
    """Whether the line above stops short of the edge at the end of a sentence."""
    is_ended = _is_short(above) and ENDS.search(above.text) is not None
    return is_ended and (not line.text[0].islower() or BULLET.match(line.text) is not None)


def _is_short(line: Line) -> bool:
    return line.right < line.edges[1] - SHORT * line.size
