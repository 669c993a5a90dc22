"""The rows of a table, every cell with the columns and rows that it covers."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.blocks import Block
from ingest.parsers.docx.reading.paragraphs import Cell, Paragraph, Row, Table
from ingest.tables.grid import (
    MOST_CELLS,
    MOST_HEADS,
    MOST_ROWS,
    NESTED,
    TOO_LARGE,
    Read,
    blocks_of,
)

HOLDS_MORE = "table with text boxes or notes in it"


def rows_of(table: Table) -> list[Block] | str:
    """Return the rows of a table, or why it is left out."""
    if len(table.rows) > MOST_ROWS + MOST_HEADS or len(table.cells) > MOST_CELLS:
        return TOO_LARGE
    held = [item for cell in table.cells for item in cell.items]
    paragraphs = [item for item in held if isinstance(item, Paragraph)]
    if len(paragraphs) < len(held):
        return NESTED
    if any(paragraph.boxes or paragraph.notes for paragraph in paragraphs):
        return HOLDS_MORE
    read = _read(table.rows)
    n_heads = _n_heads(table)
    return blocks_of(read[:n_heads], read[n_heads:])


def _n_heads(table: Table) -> int:
    """Return how many rows the file says are the head: the repeated ones, or one set apart."""
    at = next((at for at, row in enumerate(table.rows) if not row.is_head), len(table.rows))
    is_first = bool(table.rows) and (table.has_head or _is_bold(table.rows[0]))
    return at or int(is_first)


def _is_bold(row: Row) -> bool:
    items = [item for cell in row.cells for item in cell.items]
    written = [item for item in items if isinstance(item, Paragraph) and item.text]
    return bool(written) and all(paragraph.is_bold for paragraph in written)


def _read(rows: Sequence[Row]) -> list[list[Read]]:
    """Return the cells of each row; one that goes on makes the cell above it longer."""
    made: list[list[Read]] = []
    for at, row in enumerate(rows):
        begun = [Read((), row.before)] if row.before else []
        column = row.before
        for cell in row.cells:
            if not cell.goes_on:
                begun.append(Read(cell.pieces, cell.columns, 1 + _more(rows[at + 1 :], column)))
            elif not _is_reached(rows[:at], column):
                begun.append(Read((), cell.columns))
            column += cell.columns
        made.append(begun)
    return made


def _more(rows: Sequence[Row], column: int) -> int:
    """Return in how many of the next rows the cell at a column goes on."""
    n = 0
    for row in rows:
        cell = _at(row, column)
        if cell is None or not cell.goes_on:
            return n
        n += 1
    return n


def _is_reached(rows: Sequence[Row], column: int) -> bool:
    """Whether a cell at a column above goes on into the next row."""
    for row in reversed(rows):
        cell = _at(row, column)
        if cell is None:
            return False
        if not cell.goes_on:
            return True
    return False


def _at(row: Row, column: int) -> Cell | None:
    at = row.before
    for cell in row.cells:
        if at == column:
            return cell
        at += cell.columns
    return None
