"""What a person sees of an excerpt, while it is being parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.blocks import Piece
from ingest.document import Dropped
from ingest.parsers.excerpt import Excerpt
from ingest.parsers.inline.closers import Closers
from ingest.parsers.inline.emphasis import Mark, pair_up


@dataclass(slots=True)
class Output:
    """The pieces and marks read so far and what was dropped. Offsets count in ``excerpt.text``."""

    excerpt: Excerpt
    closers: Closers
    """Of ``excerpt.text``."""
    nodes: list[Piece | Mark] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def plain(self, start: int, end: int) -> None:
        """Keep characters as they are; a blank at either end is a piece of its own."""
        text = self.excerpt.text
        if start < end and text[start] == " ":
            self.keep(start, start + 1)
            start += 1
        last = end - 1 if start < end and text[end - 1] == " " else end
        if start < last:
            self.keep(start, last)
        if last < end:
            self.keep(last, end)

    def keep(self, start: int, end: int) -> int:
        """Keep characters of one line as they are."""
        self.nodes.append(self.excerpt.piece(start, end))
        return end

    def verbatim(self, start: int, end: int) -> int:
        """Keep characters as they are, except line ends, which become spaces."""
        for line in re.finditer(r"[^\n]+|\n", self.excerpt.text[start:end]):
            first, last = start + line.start(), start + line.end()
            if line.group() == "\n":
                self.rewrite(" ", first, last)
            else:
                self.keep(first, last)
        return end

    def rewrite(self, text: str, start: int, end: int) -> int:
        """Put ``text`` in place of characters."""
        self.nodes.append(Piece(text, self.excerpt.span(start, end)))
        return end

    def drop(self, start: int, end: int, reason: str) -> int:
        """Leave characters out and say why."""
        self.dropped.append(self.excerpt.dropped(start, end, reason))
        return end

    def pair_up(self, first: int) -> None:
        """Decide which marks among the nodes from position ``first`` on are emphasis."""
        marks = [node for node in self.nodes[first:] if isinstance(node, Mark)]
        if marks:
            pair_up(marks)

    def pieces(self, first: int = 0) -> Iterator[Piece]:
        """Yield the pieces from position ``first`` on, with the marks that are not emphasis."""
        for node in self.nodes[first:]:
            if isinstance(node, Piece):
                yield node
            elif node.start < node.end:
                yield self.excerpt.piece(node.start, node.end)
