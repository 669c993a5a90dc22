"""A part of a file's text while it is found out what it is."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.blocks import Block, BlockKind
from ingest.parsers.pdf.layout.lines import Line


@dataclass(slots=True)
class Part:
    """Lines that will become one block."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    level: int = 0
    skip: int = 0
    """Characters at its beginning that are no text: an entry's number, a bullet."""
    number: int = 0
    """Of an entry of a reference list."""
    reason: str = ""
    """Why an aside is not quoted."""
    row: Block | None = None
    """What it becomes if it is a row of a table."""

    @property
    def text(self) -> str:
        """Its lines, joined by spaces: for looking at, not for quoting."""
        return " ".join(line.text for line in self.lines)

    @property
    def first(self) -> Line:
        """Its first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]

    @property
    def size(self) -> float:
        """The size of most of its text, in points."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def fill(self) -> float:
        """How much of its column's width its lines take up, without the last: from 0 to 1."""
        lines = self.lines[:-1] or self.lines
        widths = [
            (line.right - line.left) / max(line.edges[1] - line.edges[0], 1) for line in lines
        ]
        return sum(widths) / len(widths)
