"""Tables as JSON: spans become ``[start, end]``."""

from __future__ import annotations

from typing import Any

from ingest.document import Span
from ingest.tables.parts import Cell, Row, Table

Json = dict[str, Any]


def table_to_json(table: Table) -> Json:
    """Return what is kept of a table."""
    return {
        "caption": _pair(table.caption),
        "heads": [_row_to_json(row) for row in table.heads],
        "rows": [_row_to_json(row) for row in table.rows],
    }


def table_from_json(record: Json) -> Table:
    """Return a table that was kept."""
    return Table(
        caption=_span(record["caption"]),
        heads=tuple(map(_row_from_json, record["heads"])),
        rows=tuple(map(_row_from_json, record["rows"])),
    )


def _row_to_json(row: Row) -> list[Any]:
    cells = [[_pair(cell.span), cell.column, cell.columns] for cell in row.cells]
    return [_pair(row.span), _pair(row.group), cells]


def _row_from_json(record: list[Any]) -> Row:
    (start, end), group, cells = record
    return Row(
        Span(start, end),
        tuple(Cell(_span(span), column, columns) for span, column, columns in cells),
        _span(group),
    )


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None


def _span(pair: list[int] | None) -> Span | None:
    return Span(*pair) if pair else None
