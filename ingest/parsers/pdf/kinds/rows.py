"""Rows of tables: only of those whose every cell is sure to stand under its head.

A PDF draws no cells. A table is safe if each line of it, its head too, has its words in the same
bands of the page, and no two bands touch: then no cell is broken over lines, none is empty, and
none covers two columns. Of any other table the caption alone is quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.blocks import Block, tidy
from ingest.parsers.pdf.kinds.asides import TABLE
from ingest.parsers.pdf.kinds.captions import is_of_table
from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.kinds.pieces import pieces_within
from ingest.parsers.pdf.layout.lines import Line
from ingest.tables.grid import Read, blocks_of

FEWEST_COLUMNS, FEWEST_LINES = 2, 3
"""Of a table that is sure to be one, its head included."""
APART = 3.0
"""Points between two columns at least. Chosen by hand: words of one cell are closer."""
NEAR = 3.0
"""In ems: how far apart a caption and its table, or two rows, are at most. Chosen by hand."""
BESIDE = 2.0
"""Points by which the heights of lines beside each other may differ."""

Band = tuple[float, float]
"""Left and right of a column."""


def set_out_rows(parts: Sequence[Part], lines: Sequence[Line]) -> list[Part]:
    """Return the parts with the rows of every safe table in place of its lines."""
    made: list[Part] = []
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        made.append(part)
        if part.kind != "caption" or not is_of_table(part):
            continue
        inside = _under(part, waiting)
        held = [line for one in inside for line in one.lines]
        table = _table(part, held, lines)
        if table:
            made += (Part(table, row.kind, row=row) for row in rows_of(table))
            if held[len(table) :]:
                made.append(Part(held[len(table) :], "aside", reason=TABLE))
            del waiting[: len(inside)]
    return made


def rows_of(table: list[Line]) -> list[Block]:
    """Return the rows of a safe table, its head first."""
    bands = _bands(table)
    made = blocks_of([_read(table[0], bands)], [_read(line, bands) for line in table[1:]])
    return [] if isinstance(made, str) else made


def _under(caption: Part, following: Sequence[Part]) -> list[Part]:
    """Return the parts that stand under a caption and are set like the inside of a table."""
    inside = []
    for part in following:
        is_table = part.kind == "aside" and part.reason == TABLE
        is_parted = part.kind == "paragraph" and all(line.n_segments > 1 for line in part.lines)
        above = caption.last
        is_there = (part.first.page, part.first.column) == (above.page, above.column)
        if not (is_there and (is_table or is_parted)):
            break
        inside.append(part)
    return inside


def _table(caption: Part, held: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a table that is safe, the head first; none if it is not."""
    parted = [at for at, line in enumerate(held) if len(line.segments) >= FEWEST_COLUMNS]
    table = list(held[: parted[-1] + 1]) if parted else []
    if len(table) < FEWEST_LINES or len(parted) < len(table):
        return []
    rows = [caption.last, *table]
    is_close = all(0 < b.base - a.base < NEAR * max(a.size, b.size) for a, b in pairwise(rows))
    is_sure = is_close and _bands(table) and not any(map(_is_raised, table))
    return table if is_sure and not _goes_on_beside(table, lines) and rows_of(table) else []


def _bands(table: Sequence[Line]) -> list[Band]:
    """Return the columns, if all rows fill them all and no two touch; the head may lack the first.

    The first column is what the others are about: its head may be left to the reader.
    """
    head, *rows = [[(left, right) for _, left, right in line.segments] for line in table]
    width = len(rows[0])
    if any(len(row) != width for row in rows) or len(head) not in (width, width - 1):
        return []
    free = width - len(head)
    bands = []
    for column in range(width):
        cells = [row[column] for row in rows]
        cells += [head[column - free]] if column >= free else []
        bands.append((min(left for left, _ in cells), max(right for _, right in cells)))
    is_apart = all(one[1] + APART < other[0] for one, other in pairwise(bands))
    return bands if is_apart else []


def _is_raised(line: Line) -> bool:
    """Whether a line has raised digits: beside a number, they would read as part of it."""
    return any(line.text[start:end].strip("*†‡§").isdigit() for start, end in line.raised)


def _goes_on_beside(table: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether lines in another column of the page stand beside two of a table's: more of it."""
    page, column = table[0].page, table[0].column
    others = [line.base for line in lines if line.page == page and line.column != column]
    beside = sum(any(abs(line.base - base) < BESIDE for base in others) for line in table)
    return beside > 1


def _read(line: Line, bands: Sequence[Band]) -> list[Read]:
    """Return the cells of a line; a head that lacks the first column has an empty cell there."""
    starts = [start for start, _, _ in line.segments]
    ends = [*starts[1:], len(line.text)]
    cells = [Read(tidy(pieces_within(line, *each))) for each in zip(starts, ends, strict=True)]
    return [Read()] * (len(bands) - len(cells)) + cells
