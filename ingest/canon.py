"""The canonical text as it is being written, and where each of its characters comes from."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.blocks import Block
from ingest.document import Run, Seam, Span
from ingest.tables.torn import OF_TABLE


@dataclass(slots=True)
class _Stretch:
    """A run while it grows."""

    text: int
    source: int
    """Where it begins in each."""
    length: int
    source_length: int

    def takes(self, text: int, source: Span) -> bool:
        """Whether characters at ``text`` that come from ``source`` continue it one by one."""
        return (
            self.length == self.source_length
            and self.text + self.length == text
            and self.source + self.length == source.start
        )

    def run(self) -> Run:
        """Return the finished run."""
        return Run(
            Span(self.text, self.text + self.length),
            Span(self.source, self.source + self.source_length),
        )


@dataclass(slots=True)
class CanonicalText:
    """What has been written so far, where it comes from, and its seams."""

    length: int = 0
    """Offset of the next character."""
    seams: list[Seam] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _stretches: list[_Stretch] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything that was written."""
        return "".join(self._parts)

    @property
    def runs(self) -> tuple[Run, ...]:
        """Where all of it comes from."""
        return tuple(stretch.run() for stretch in self._stretches)

    def write(self, block: Block) -> Span:
        """Append a block's characters and return where they are."""
        first = self.length
        for piece in block.pieces:
            if piece.seam and self.length > first:
                self.seams.append(Seam(self.length, piece.seam))
            if piece.source:
                self._locate(len(piece.text), piece.source, is_seam=piece.seam is not None)
            self.add(piece.text)
        return Span(first, self.length)

    def add(self, text: str) -> None:
        """Append characters that belong to no block."""
        self._parts.append(text)
        self.length += len(text)

    def gap(self, previous: Block | None, block: Block) -> None:
        """Separate two blocks by an empty line, items of a list and rows by a line end."""
        if previous:
            self.add("\n" if are_listed(previous, block) else "\n\n")

    def _locate(self, length: int, source: Span, *, is_seam: bool) -> None:
        """Record where the next characters come from, extending the last stretch if possible."""
        last = self._stretches[-1] if self._stretches else None
        if last and length == len(source) and not is_seam and last.takes(self.length, source):
            last.length += length
            last.source_length += length
        else:
            self._stretches.append(_Stretch(self.length, source.start, length, len(source)))


def are_listed(one: Block, other: Block) -> bool:
    """Whether two blocks are items of a list or rows of a table."""
    both_rows = one.kind in OF_TABLE and other.kind in OF_TABLE
    return both_rows or one.kind == other.kind == "item"
