"""The rows of a table that holds figures, every cell with the columns and rows that it covers."""

from __future__ import annotations

from itertools import chain

from ingest.blocks import Block, Piece, tidy
from ingest.document import Dropped, Span
from ingest.parsers.html.kinds.captions import is_caption
from ingest.parsers.html.kinds.inline import Line, is_raised_or_lowered
from ingest.parsers.html.markup.elements import BLOCKS
from ingest.parsers.html.markup.tree import Element, Event, Tree
from ingest.tables.grid import NESTED, Read, blocks_of, spans

CELLS = ("td", "th")
NOTES = "notes of a table"


class Rows:
    """Reads one table; what of its text is in no cell is left out, but captions are read elsewhere.

    What it notes counts only if the table has rows to quote.
    """

    def __init__(self, tree: Tree, table: Element) -> None:
        self.dropped: list[Dropped] = []
        self.line = Line(tree, self._drop)
        self._tree, self._table = tree, table
        self._rows: list[list[Read]] = []
        self._n_heads = 0
        """How many rows from the top are of the head."""
        self._n_top = 0
        """How many of them the file says are."""
        self._has_td = False
        self._cell: Element | None = None
        self._skip: Element | None = None
        self._part = ""

    def read(self, at: int) -> list[Block] | str:
        """Return the rows of the table that event ``at`` opens, or why it is left out."""
        if any(one.tag == "table" for one in self._tree.inside(self._table)):
            return NESTED
        for event in self._tree.events[at + 1 :]:
            if event.element is self._table and event.kind == "close":
                break
            self._take(event)
        top = self._n_top or self._n_heads
        return blocks_of(self._rows[:top], self._rows[top:])

    def _take(self, event: Event) -> None:
        if self._skip is not None:
            if event.kind == "close" and event.element is self._skip:
                self._skip = None
        elif event.kind == "open":
            self._open(event.element)
        elif event.kind == "close":
            self._close(event.element)
        elif event.kind == "text" and self._cell is None:
            self._drop(event.start, event.end, NOTES)
        elif event.kind == "text":
            self.line.text(event.start, event.end)

    def _open(self, element: Element) -> None:
        if element.reason or is_caption(element) or element.tag == "tfoot":
            self._leave_out(element)
        elif element.tag == "tr":
            self._rows.append([])
            self._has_td = False
            self._part = element.parent.tag if element.parent else ""
        elif element.tag in CELLS:
            self._cell = element
            self._has_td |= element.tag == "td"
        elif self._cell is not None:
            self._open_inside(element)

    def _leave_out(self, element: Element) -> None:
        self._skip = element
        if not is_caption(element):
            self._drop(element.start, element.end, element.reason or NOTES)

    def _open_inside(self, element: Element) -> None:
        if element.tag in BLOCKS or element.tag == "br":
            self.line.space()
        elif is_raised_or_lowered(element) and self.line.raise_or_lower(element):
            self._skip = element
        else:
            self.line.open(element)

    def _close(self, element: Element) -> None:
        if element is self._cell:
            self._end_cell(element)
        elif element.tag == "tr":
            self._end_row()
        elif self._cell is not None and element.tag in BLOCKS:
            self.line.space()
        elif self._cell is not None:
            self.line.close(element)

    def _end_cell(self, element: Element) -> None:
        parts = (pieces for pieces, _ in self.line.take())
        pieces = tidy(chain.from_iterable((*part, Piece(" ", None)) for part in parts))
        of = element.attributes
        columns, rows = spans(of.get("colspan", "")), spans(of.get("rowspan", ""))
        if not any(piece.source for piece in pieces):
            pieces = ()
        if self._rows:
            self._rows[-1].append(Read(pieces, columns, rows))
        self._cell = None

    def _end_row(self) -> None:
        is_first = self._n_heads == len(self._rows) - 1
        if is_first and not self._has_td:
            self._n_heads += 1
        if self._part == "thead":
            self._n_top = len(self._rows)

    def _drop(self, start: int, end: int, reason: str) -> None:
        if text := self._tree.source[start:end].strip():
            first = self._tree.source.index(text, start)
            self.dropped.append(Dropped(Span(first, first + len(text)), text, reason))
