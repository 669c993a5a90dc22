"""Tables while a document is written: from blocks, and where they are written, to tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.blocks import Block, Place
from ingest.document import Span
from ingest.tables.parts import Cell, Row, Table
from ingest.tables.torn import OF_TABLE

FIGURE = ("fig", "chart", "plate", "scheme", "box")
"""How captions begin that are not a table's, in lower case."""


@dataclass(slots=True)
class Writing:
    """The tables of a document, block by block."""

    tables: list[Table] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)
    """Where each row of the last table is written, by its number."""
    _groups: dict[int, Span] = field(default_factory=dict)

    def note(self, block: Block, span: Span, caption: Span | None) -> None:
        """Take the next row of a table, written at ``span``."""
        if block.row == 0:
            self.tables.append(Table(caption, (), ()))
            self._starts, self._groups = [], {}
        self._starts += [span.start] * (block.row + 1 - len(self._starts))
        table = self.tables[-1]
        row = Row(span, tuple(map(self._cell, block.cells)), self._group(block))
        if block.kind == "group":
            self._groups[block.row] = span
        elif block.kind == "head":
            self.tables[-1] = Table(table.caption, (*table.heads, row), table.rows)
        else:
            self.tables[-1] = Table(table.caption, table.heads, (*table.rows, row))

    def _cell(self, place: Place) -> Cell:
        start = self._starts[place.row]
        text = place.text and Span(start + place.text.start, start + place.text.end)
        return Cell(text, place.column, place.columns)

    def _group(self, block: Block) -> Span | None:
        return None if block.group is None else self._groups[block.group]


def floats_of(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield each caption of a section with the table under it, and each table without a caption."""
    made: list[Block] = []
    last = -1
    for at, block in enumerate(blocks):
        if block.kind != "caption" and block.kind not in OF_TABLE:
            continue
        goes_on = block.kind in OF_TABLE and made and (block.row > 0 or _is_over(made, at - last))
        if made and not goes_on:
            yield made
            made = []
        made.append(block)
        last = at
    if made:
        yield made


def _is_over(made: Sequence[Block], distance: int) -> bool:
    """Whether a caption belongs to the table that follows it at a distance in blocks."""
    caption = made[-1]
    text = (caption.label or caption.text).lower()
    return distance == 1 and caption.kind == "caption" and not text.startswith(FIGURE)
