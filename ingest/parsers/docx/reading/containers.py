"""What is open around a paragraph: the story itself, cells of tables, text boxes."""

from __future__ import annotations

from ingest.parsers.docx.reading.paragraphs import Cell, Paragraph, Row, Table
from ingest.parsers.docx.zipped.xml import attribute, child, children, is_on, name, value
from ingest.parsers.xml import Element
from ingest.tables.grid import spans

FIRST_ROW = 0x20
"""The bit of a table's look that sets its first row apart."""


class Containers:
    """Puts paragraphs and tables where they belong."""

    def __init__(self) -> None:
        self.story: list[Paragraph | Table] = []
        """What is in no cell and no box."""
        self._into = [self.story]
        self._tables: list[Table | None] = []
        """Those that are open; None for one that is only a frame around text."""

    @property
    def is_framed(self) -> bool:
        """Whether a cell or a box is open."""
        return len(self._into) > 1

    def add(self, *items: Paragraph | Table) -> None:
        """Put paragraphs or tables where the text is."""
        self._into[-1] += items

    def begin_table(self, element: Element) -> None:
        """Open a table."""
        table = None if _is_box(element) else Table(has_head=_has_head(element))
        self._tables.append(table)
        if table is not None:
            self.add(table)

    def end_table(self, _: Element) -> None:
        """Close the innermost table."""
        self._tables.pop()

    def begin_row(self, element: Element) -> None:
        """Open a row; it ends with the next."""
        table = self._tables[-1] if self._tables else None
        if table is not None:
            properties = child(element, "w:trPr")
            before = spans(value(properties, "w:gridBefore") or "0", least=0)
            table.rows.append(Row([], before, is_head=bool(is_on(properties, "w:tblHeader"))))

    def begin_cell(self, element: Element) -> None:
        """Open a cell."""
        table = self._tables[-1] if self._tables else None
        if table is not None:
            cell = _cell(element)
            if not table.rows:
                table.rows.append(Row())
            table.rows[-1].cells.append(cell)
            self._into.append(cell.items)

    def end_cell(self, _: Element) -> None:
        """Close the innermost cell."""
        if self._tables and self._tables[-1] is not None:
            self._into.pop()

    def begin_box(self) -> None:
        """Open a text box, in which other tables may stand."""
        self._into.append([])
        self._tables.append(None)

    def end_box(self) -> list[Paragraph | Table]:
        """Close the innermost text box and return what it holds."""
        self._tables.pop()
        return self._into.pop()


def _is_box(table: Element) -> bool:
    """Whether a table has one cell: a frame around text."""
    rows = [one for one in children(table) if name(one) == "w:tr"]
    return len(rows) == 1 and sum(name(one) == "w:tc" for one in children(rows[0])) == 1


def _has_head(table: Element) -> bool:
    """Whether the look of a table sets its first row apart."""
    look = child(table, "w:tblPr/w:tblLook")
    if attribute(look, "firstRow") is not None:
        return attribute(look, "firstRow") in ("1", "true", "on")
    try:
        return bool(int(attribute(look, "val") or "0", 16) & FIRST_ROW)
    except ValueError:
        return False


def _cell(element: Element) -> Cell:
    properties = child(element, "w:tcPr")
    merged = child(properties, "w:vMerge")
    goes_on = merged is not None and attribute(merged, "val") != "restart"
    return Cell([], spans(value(properties, "w:gridSpan") or ""), goes_on=goes_on)
