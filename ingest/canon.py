"""The canonical text while it is written, and where each of its characters comes from."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.blocks import Block
from ingest.document import Run, Seam, Span


@dataclass(slots=True)
class CanonicalText:
    """What was written so far, its runs and its seams."""

    length: int = 0
    """Offset at which the next character will stand."""
    runs: list[Run] = field(default_factory=list)
    seams: list[Seam] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Everything that was written."""
        return "".join(self._parts)

    def write(self, block: Block) -> Span:
        """Append a block's characters and say where they stand."""
        first = self.length
        for piece in block.pieces:
            start = self.length
            self.add(piece.text)
            if piece.seam and start > first:
                self.seams.append(Seam(start, piece.seam))
            if piece.source:
                self._locate(Run(Span(start, self.length), piece.source), piece.seam is not None)
        return Span(first, self.length)

    def add(self, text: str) -> None:
        """Append characters that stand in no block."""
        self._parts.append(text)
        self.length += len(text)

    def gap(self, previous: Block | None, block: Block) -> None:
        """Part two blocks by an empty line, two items of a list by a line end."""
        if previous:
            both_items = previous.kind == block.kind == "item"
            self.add("\n" if both_items else "\n\n")

    def _locate(self, run: Run, is_seam: bool) -> None:
        """Note where characters come from, in one run with those before them if they go on."""
        if self.runs and not is_seam and _goes_on(self.runs[-1], run):
            last = self.runs.pop()
            run = Run(Span(last.text.start, run.text.end), Span(last.source.start, run.source.end))
        self.runs.append(run)


def _goes_on(last: Run, run: Run) -> bool:
    return (
        last.text.end == run.text.start
        and last.source.end == run.source.start
        and len(last.text) == len(last.source)
        and len(run.text) == len(run.source)
    )
