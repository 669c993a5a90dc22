"""A part of a DOCX while it is found out what it is."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.blocks import Block, BlockKind
from ingest.parsers.docx.reading.paragraphs import Paragraph


@dataclass(slots=True)
class Part:
    """A paragraph that will become one block."""

    paragraph: Paragraph
    kind: BlockKind = "paragraph"
    level: int = 0
    skip: int = 0
    """Letters at its beginning that are no text: an entry's number, a bullet."""
    number: int = 0
    """Of an entry of a reference list."""
    reason: str = ""
    """Why an aside is not quoted."""
    row: Block | None = None
    """What it becomes if it is a row of a table."""

    @property
    def text(self) -> str:
        """Its text without what is skipped: for looking at."""
        return " ".join("".join(self.paragraph.letters[self.skip :]).split())

    def block(self) -> Block | None:
        """Return its block, or None if it holds nothing."""
        if self.row is not None:
            return self.row
        is_prose = self.kind in ("paragraph", "item")
        pieces = self.paragraph.pieces(self.skip, keep_lines=is_prose)
        if not pieces:
            return None
        return Block(self.kind, pieces, self.level, self.reason, self.number)
