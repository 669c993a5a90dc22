"""Reference lists: the heading, and where each entry begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.lines import Line
from ingest.parsers.pdf.layout.measures import Measures
from ingest.references import is_reference_heading

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
class Entry:
    """Where an entry of a reference list is."""

    start: int
    """Position of its first line."""
    end: int
    """That of the line after its last."""
    skip: int = 0
    """How many characters its number takes."""
    number: int = 0
    """0 in a list without numbers."""


@dataclass(frozen=True, slots=True)
class References:
    """Where the reference list of a file is."""

    heading: int
    """Position of the heading's line."""
    entries: tuple[Entry, ...]


def find_references(lines: Sequence[Line], measures: Measures) -> References | None:
    """Return the last list under a heading that says references; None without one."""
    for heading in reversed(range(len(lines))):
        text = lines[heading].text.strip()
        # Letters set wide apart come with spaces in the words.
        if is_reference_heading(text) or is_reference_heading("".join(text.split())):
            found = numbered(lines, heading + 1) or hanging(lines, heading + 1)
            if found:
                return References(heading, _ended(lines, found, measures))
    return None


def numbered(lines: Sequence[Line], start: int) -> list[Entry]:
    """Return the first line of each entry of the rising chain of numbers, from 1."""
    best: list[Entry] = []
    for style in range(1, 5):
        chain: list[Entry] = []
        expected = 1
        for at in range(start, len(lines)):
            match = NUMBER.match(lines[at].text)
            if match is None or match.lastindex != style:
                continue
            number = int(match[style])
            is_skipped_to = bool(chain) and expected < number <= expected + SKIPPED
            if number == expected or (is_skipped_to and _is_chain(lines, at, style, number)):
                chain.append(Entry(at, at + 1, match.end(), number))
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


def hanging(lines: Sequence[Line], start: int) -> list[Entry]:
    """Return the entries of a list whose further lines are set in."""
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
    found = [Entry(at, at + 1) for at in own if not _is_in(lines[at], edges)]
    return found if len(found) >= ENOUGH else []


def _is_in(line: Line, edges: dict[tuple[int, int], float]) -> bool:
    return line.left > edges[line.page, line.column] + HANGING * line.size


def _ended(lines: Sequence[Line], starts: list[Entry], measures: Measures) -> tuple[Entry, ...]:
    ends = [entry.start for entry in starts[1:]] + [len(lines)]
    return tuple(
        replace(entry, end=_end(lines, entry.start, end, measures))
        for entry, end in zip(starts, ends, strict=True)
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
    listed += [
        Part(list(lines[one.start : one.end]), "item", 1, one.skip, one.number)
        for one in references.entries
    ]
    taken = {at for one in references.entries for at in range(one.start, one.end)}
    taken.add(references.heading)
    after = [lines[at] for at in range(references.heading, len(lines)) if at not in taken]
    return before, listed, after
