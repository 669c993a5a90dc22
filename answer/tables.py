"""What is quoted of a table: whole rows, with its caption and its head, each word for word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ingest.document import Document, Span
from ingest.tables.parts import Cell, Row, Table, row_at


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a document."""

    span: Span
    text: str
    """``document.text[span.start:span.end]``."""


@dataclass(frozen=True, slots=True)
class QuotedCell:
    """A cell of a quoted row, or of the head over it."""

    words: Words | None
    """None for an empty cell."""
    column: int
    """The first column that it covers, from 0."""
    columns: int = 1
    rows: int = 1
    """How many columns, and rows of the head, it covers."""


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """A quoted row, its cells from left to right."""

    cells: tuple[QuotedCell, ...]
    group: Words | None = None
    """The line above that the table sets over this row and others; None if there is none."""


@dataclass(frozen=True, slots=True)
class QuotedTable:
    """Rows of a table with what gives them their meaning. Made by ``table_of`` alone."""

    caption: Words | None
    heads: tuple[tuple[QuotedCell, ...], ...]
    """The rows of the head; a cell that covers several is in the first of them."""
    rows: tuple[QuotedRow, ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        cells = (cell for cells in (*self.heads, *(r.cells for r in self.rows)) for cell in cells)
        return max(cell.column + cell.columns for cell in cells)

    def lines(self) -> Iterator[str]:
        """Yield caption, head and rows as lines of text, a tab between columns."""
        if self.caption:
            yield self.caption.text
        for cells in self.heads:
            yield in_columns((one.column, one.words.text if one.words else "") for one in cells)
        group = None
        for row in self.rows:
            if row.group and row.group != group:
                yield row.group.text
            group = row.group
            yield in_columns((c.column, c.words.text if c.words else "") for c in row.cells)


def in_columns(cells: Iterable[tuple[int, str]]) -> str:
    """Return a row as a line, each cell after as many tabs as there are columns before it."""
    line = ""
    for column, text in cells:
        line += "\t" * (column - line.count("\t")) + text
    return line.rstrip("\t")


def table_of(document: Document, rows: tuple[Span, ...]) -> QuotedTable | None:
    """Return what is shown for rows of one table; None if they are none."""
    found = [row_at(document.tables, span) for span in rows]
    tables = [(one[0], one[0].rows[one[1]]) for one in found if one]
    if not tables or len(tables) < len(rows):
        return None
    table = tables[0][0]
    return QuotedTable(
        caption=_words(document, table.caption),
        heads=tuple(_head(document, table, at) for at in range(len(table.heads))),
        rows=tuple(_row(document, row) for _, row in tables),
    )


def _row(document: Document, row: Row) -> QuotedRow:
    cells = tuple(_cell(document, cell) for cell in row.cells)
    return QuotedRow(cells, _words(document, row.group))


def _head(document: Document, table: Table, at: int) -> tuple[QuotedCell, ...]:
    """Return the cells that begin in a row of the head."""
    above = set(table.heads[at - 1].cells) if at else set()
    begun = (cell for cell in table.heads[at].cells if not cell.span or cell not in above)
    return tuple(_cell(document, cell, _height(table, at, cell)) for cell in begun)


def _height(table: Table, at: int, cell: Cell) -> int:
    """Return how many rows of the head a cell covers that begins in one of them."""
    covered = 0
    for row in table.heads[at:]:
        if cell not in row.cells:
            break
        covered += 1
    return covered if cell.span else 1


def _cell(document: Document, cell: Cell, rows: int = 1) -> QuotedCell:
    return QuotedCell(_words(document, cell.span), cell.column, cell.columns, rows)


def _words(document: Document, span: Span | None) -> Words | None:
    return Words(span, document.quote(span)) if span else None
