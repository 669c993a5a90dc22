"""The parts of a table, all exact spans of its document's text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.spans import Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row. One that spans several rows belongs to each of them, written once."""

    span: Span | None
    """What is written in it; None for an empty cell."""
    column: int
    """The first column that it covers, from 0."""
    columns: int = 1
    """How many it covers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, its cells from left to right."""

    span: Span
    """What is written for it: cells that begin in a row above are not in it."""
    cells: tuple[Cell, ...]
    group: Span | None = None
    """The line above that the table sets over this row and others, such as "Side effects"."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows can be quoted: with a head, and with every cell in its column."""

    caption: Span | None
    heads: tuple[Row, ...]
    """The rows of its head, at least one."""
    rows: tuple[Row, ...]
    """The rows under it, without the lines that only name a group."""

    @property
    def head(self) -> Span:
        """From the first to the last character of its head."""
        return Span(self.heads[0].span.start, self.heads[-1].span.end)

    def over(self, cell: Cell) -> Iterator[Span]:
        """Yield what its head says over a cell, from the top, each once."""
        seen = set()
        for row in self.heads:
            for head in row.cells:
                covers = head.column <= cell.column < head.column + head.columns
                if covers and head.span and head.span not in seen:
                    seen.add(head.span)
                    yield head.span


def row_at(tables: Sequence[Table], span: Span) -> tuple[Table, int] | None:
    """Return the table of the row written at ``span``, and its position there, from 0."""
    at = bisect_right(tables, span.start, key=lambda table: table.heads[0].span.start) - 1
    if at < 0:
        return None
    rows = tables[at].rows
    position = bisect_right(rows, span.start, key=lambda row: row.span.start) - 1
    return (tables[at], position) if position >= 0 and rows[position].span == span else None
