"""Reference lists: the heading, and where each entry begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.lines import Line
from ingest.parsers.pdf.layout.measures import Measures
from ingest.references import REFERENCE_HEADING

NUMBER = re.compile(r"(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]|(\d{1,3})(?=\s|[A-Z]))\s*")
ENOUGH = 4
"""Entries from which a chain of numbers is believed."""
SKIPPED = 2
"""Numbers that a chain may miss, where the file lost a line."""
GAP = 2.2
"""In leadings: white space after which an entry is over."""
HANGING = 0.6
"""In em: how far the further lines of an entry are set in."""


@dataclass(frozen=True, slots=True)
class References:
    """Where the reference list of a file is."""

    heading: int
    """Position of the heading's line."""
    entries: tuple[tuple[int, int, int], ...]
    """First line, line after the last, and how many characters the entry's number takes."""


def find_references(lines: Sequence[Line], measures: Measures) -> References | None:
    """Return the last list under a heading that says references; None without one."""
    for heading in reversed(range(len(lines))):
        text = lines[heading].text.strip()
        if REFERENCE_HEADING.fullmatch(re.sub(r"^\d{1,2}\.?\s+", "", text)):
            found = numbered(lines, heading + 1) or hanging(lines, heading + 1)
            if found:
                return References(heading, _ended(lines, found, measures))
    return None


def numbered(lines: Sequence[Line], start: int) -> list[tuple[int, int]]:
    """Return line and length of the number of each entry in the chain 1, 2, 3, …"""
    best: list[tuple[int, int]] = []
    for style in range(1, 5):
        chain: list[tuple[int, int]] = []
        expected = 1
        for at in range(start, len(lines)):
            match = NUMBER.match(lines[at].text)
            if match is None or match.lastindex != style:
                continue
            number = int(match[style])
            if number == expected or (chain and expected < number <= expected + SKIPPED):
                if number == expected or _is_chain(lines, at, style, number):
                    chain.append((at, match.end()))
                    expected = number + 1
        if len(chain) > len(best):
            best = chain
    return best if len(best) >= ENOUGH else []


def _is_chain(lines: Sequence[Line], at: int, style: int, number: int) -> bool:
    """Whether the numbers go on after one that was skipped to."""
    for line in lines[at + 1 : at + 12]:
        match = NUMBER.match(line.text)
        if match and match.lastindex == style:
            return int(match[style]) == number + 1
    return False


def hanging(lines: Sequence[Line], start: int) -> list[tuple[int, int]]:
    """Return the lines that begin at the left edge of a list whose further lines are set in."""
    found: list[tuple[int, int]] = []
    rest = lines[start:]
    if not rest:
        return []
    size = sorted(line.size for line in rest)[len(rest) // 2]
    own = [at for at in range(start, len(lines)) if abs(lines[at].size - size) < 0.6]
    edges: dict[tuple[int, int], float] = {}
    for at in own:
        key = (lines[at].page, lines[at].column)
        edges[key] = min(edges.get(key, 1e9), lines[at].left)
    inside = [at for at in own if _is_in(lines[at], edges)]
    if len(inside) < 0.25 * len(own):
        return []
    found = [(at, 0) for at in own if not _is_in(lines[at], edges)]
    return found if len(found) >= ENOUGH else []


def _is_in(line: Line, edges: dict[tuple[int, int], float]) -> bool:
    return line.left > edges[line.page, line.column] + HANGING * line.size


def _ended(
    lines: Sequence[Line], starts: list[tuple[int, int]], measures: Measures
) -> tuple[tuple[int, int, int], ...]:
    ends = [at for at, _ in starts[1:]] + [len(lines)]
    return tuple(
        (at, _end(lines, at, end, measures), skip)
        for (at, skip), end in zip(starts, ends, strict=True)
    )


def _end(lines: Sequence[Line], start: int, end: int, measures: Measures) -> int:
    """Return where an entry is over: at white space, or where the type changes."""
    for at in range(start + 1, end):
        above, line = lines[at - 1], lines[at]
        is_new_size = abs(line.size - lines[start].size) > 0.6
        same = (above.page, above.column) == (line.page, line.column)
        if is_new_size or (same and line.base - above.base > GAP * measures.leading(line.size)):
            return at
    return end


def split_at_references(
    lines: Sequence[Line], references: References
) -> tuple[list[Line], list[Part], list[Line]]:
    """Return the lines before the list, the parts of the list, and the lines after and between."""
    before = list(lines[: references.heading])
    listed = [Part([lines[references.heading]], "heading", 2)]
    listed += [Part(list(lines[a:b]), "item", 1, skip) for a, b, skip in references.entries]
    taken = {at for a, b, _ in references.entries for at in range(a, b)} | {references.heading}
    after = [lines[at] for at in range(references.heading, len(lines)) if at not in taken]
    return before, listed, after
