"""Lines of a source file joined without indentation and quote marks, every character located."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.blocks import Piece
from ingest.document import Dropped, SeamKind, Span


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The text of one block: its lines without indentation and without block-quote marks.

    The methods take offsets in ``text`` and return offsets in ``source``.
    """

    source: str
    """The whole file."""
    text: str
    starts: tuple[int, ...]
    """Where in ``text`` a stretch of the source begins, in rising order, from 0."""
    origins: tuple[int, ...]
    """Where in the source each of these stretches begins."""

    @classmethod
    def of_lines(cls, source: str, lines: Iterable[tuple[int, int]]) -> Excerpt:
        """Join ``source[start:end]`` of each line, separated by line ends."""
        texts: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        at = 0
        for start, end in lines:
            if not starts or origins[-1] + at - starts[-1] != start:
                starts.append(at)
                origins.append(start)
            texts.append(source[start:end])
            at += end - start + 1
        return cls(source, "\n".join(texts), tuple(starts), tuple(origins))

    def span(self, start: int, end: int) -> Span:
        """Return where the characters ``text[start:end]`` are, from the first to the last."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    def piece(self, start: int, end: int, seam: SeamKind | None = None) -> Piece:
        """Return characters of one line as they are."""
        return Piece(self.text[start:end], self.span(start, end), seam)

    def dropped(self, start: int, end: int, reason: str) -> Dropped:
        """Return the record of characters that are left out."""
        span = self.span(start, end)
        return Dropped(span, self.source[span.start : span.end], reason)

    def _origin(self, at: int) -> int:
        stretch = bisect_right(self.starts, at) - 1
        return self.origins[stretch] + at - self.starts[stretch]
