"""The quoted rows of a table as data: the part of ``answer.schema`` that describes them."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import NonNegativeInt, PositiveInt

from answer import tables
from answer.records import Offsets, Record


class Words(Record):
    """A stretch of a document."""

    text: str
    """The document's own characters at `span`, unchanged."""
    span: Offsets
    """Start and end, counted as those of the quote."""


class Cell(Record):
    """A cell of a table."""

    words: Words | None
    """Null for an empty cell."""
    column: NonNegativeInt
    """The first column that it covers, from 0."""
    columns: PositiveInt
    """How many columns it covers."""
    rows: PositiveInt
    """How many rows of the head it covers."""


class Row(Record):
    """A quoted row of a table."""

    cells: tuple[Cell, ...]
    """From left to right. A cell that the table writes once for several rows is in each."""
    group: Words | None
    """The line above that the table sets over this row and others; null if there is none."""


class Table(Record):
    """The quoted rows of a table, with what gives them their meaning."""

    caption: Words | None
    """Null if it has none."""
    heads: tuple[tuple[Cell, ...], ...]
    """The rows of its head; a cell that covers several is in the first of them."""
    rows: tuple[Row, ...]

    def lines(self) -> Iterator[str]:
        """Yield caption, head and rows as lines of text, as ``QuotedTable.lines`` does."""
        yield from [self.caption.text] if self.caption else []
        for cells in (*self.heads, *_with_groups(self.rows)):
            yield tables.in_columns((c.column, c.words.text if c.words else "") for c in cells)


def _with_groups(rows: tuple[Row, ...]) -> Iterator[tuple[Cell, ...]]:
    group = None
    for row in rows:
        if row.group and row.group != group:
            yield (Cell(words=row.group, column=0, columns=1, rows=1),)
        group = row.group
        yield row.cells


def table_record(table: tables.QuotedTable | None) -> Table | None:
    """Return quoted rows as data."""
    if table is None:
        return None
    rows = (Row(cells=_cells(row.cells), group=_words(row.group)) for row in table.rows)
    heads = tuple(map(_cells, table.heads))
    return Table(caption=_words(table.caption), heads=heads, rows=tuple(rows))


def _cells(cells: tuple[tables.QuotedCell, ...]) -> tuple[Cell, ...]:
    return tuple(
        Cell(words=_words(one.words), column=one.column, columns=one.columns, rows=one.rows)
        for one in cells
    )


def _words(words: tables.Words | None) -> Words | None:
    return (
        None if words is None else Words(text=words.text, span=(words.span.start, words.span.end))
    )
