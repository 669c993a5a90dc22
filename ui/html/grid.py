"""A table of a whole document as HTML: rows and cells in their places, the tabs between them kept.

A ``table`` element can hold no tab between two cells, so this is a grid: what is a cell is said to
the browser by roles, where it stands by its style.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.document import Document, Span
from ingest.tables.parts import Cell, Row, Table
from ui.html.verbatim import seam_marks, spliced, verbatim


def span_of(table: Table) -> Span:
    """Return where a table stands, from its head to its last row."""
    return Span(table.head.start, table.rows[-1].span.end)


def grid_html(document: Document, table: Table, attributes: str) -> str:
    """Return a table; its text is that of ``span_of``, character for character."""
    rows = {row.span: row for row in (*table.heads, *table.rows)}
    lines = list(_lines(document, span_of(table)))
    last = {
        cell.span: number
        for number, line in enumerate(lines, start=1)
        for cell in (rows[line].cells if line in rows else ())
    }
    shown = _Shown(document, table, last)
    made = (shown.line(at, line, rows.get(line)) for at, line in enumerate(lines, start=1))
    return f'<div class="qw-grid" role="table"{attributes}>{verbatim(chr(10)).join(made)}</div>'


def _lines(document: Document, span: Span) -> Iterator[Span]:
    start = span.start
    for line in document.quote(span).split("\n"):
        yield Span(start, start + len(line))
        start += len(line) + 1


class _Shown:
    """Writes the lines of one table."""

    def __init__(self, document: Document, table: Table, last: dict[Span | None, int]) -> None:
        self._document, self._last = document, last
        self._heads = {row.span for row in table.heads}
        self._width = max(c.column + c.columns for row in table.heads for c in row.cells)

    def line(self, number: int, span: Span, row: Row | None) -> str:
        """Return one line; one that only names others is a cell over all columns."""
        if row is None:
            cells = self._cell(Cell(span, 0, self._width), number, "rowheader", 1)
        else:
            cells = self._cells(row, number)
        return f'<div role="row" data-start="{span.start}">{cells}</div>'

    def _cells(self, row: Row, number: int) -> str:
        made, at = [], row.span.start
        own = (c for c in row.cells if c.span and row.span.covers(c.span))
        for cell in own:
            span = cell.span or row.span
            made.append(verbatim(self._document.text[at : span.start]))
            role = "columnheader" if row.span in self._heads else "cell"
            height = self._last[span] - number + 1
            made.append(self._cell(cell, number, role, height))
            at = span.end
        return "".join([*made, verbatim(self._document.text[at : row.span.end])])

    def _cell(self, cell: Cell, number: int, role: str, height: int) -> str:
        span = cell.span or Span(0, 1)
        marks = seam_marks(self._document.seams_in(span), span.start)
        place = f"{number} / {cell.column + 1} / span {height} / span {cell.columns}"
        text = spliced(self._document.quote(span), marks)
        return f'<span role="{role}" style="grid-area: {place}">{text}</span>'
