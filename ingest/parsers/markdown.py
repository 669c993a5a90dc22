"""Markdown: the headings, paragraphs, list items and asides of a ``.md`` file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.blocks import Block, Draft, Piece
from ingest.document import Dropped, Span
from ingest.parsers.decoding import decode
from ingest.parsers.excerpt import Excerpt
from ingest.parsers.front_matter import end_of_front_matter
from ingest.parsers.grammar import Leaf, parse_blocks
from ingest.parsers.inline.links import Labels
from ingest.parsers.inline.render import render
from ingest.parsers.pipes import cells
from ingest.tables.grid import Read, blocks_of

ASIDES = {
    "code": "code",
    "indented code": "code (indented by four spaces)",
    "html": "HTML",
}
"""Leaves that keep the text before and after them apart, and why they are not quoted."""
TAG = re.compile(r"<[^<>]*>")


def parse(data: bytes) -> Draft:
    """Return the blocks of a Markdown file, its inline mark-up read as a person sees it."""
    source = decode(data)
    top = end_of_front_matter(source)
    # Spaces in place of the front matter: all offsets stay the same.
    leaves, labels = parse_blocks(re.sub(r"[^\n]", " ", source[:top]) + source[top:])
    made = _Made(source, labels)
    if top:
        made.drop(Leaf("html", ((0, len(source[:top].rstrip())),)), "front matter")
    for leaf in leaves:
        made.take(leaf)
    has_headings = any(block.kind == "heading" for block in made.blocks)
    return Draft(source, tuple(made.blocks), tuple(made.dropped), has_headings=has_headings)


class _Made:
    """The blocks made from a file so far, and what was dropped."""

    def __init__(self, source: str, labels: Labels) -> None:
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self._source, self._labels = source, labels

    def take(self, leaf: Leaf) -> None:
        """Take the next leaf."""
        text = self._source[leaf.lines[0][0] : leaf.lines[-1][1]]
        if leaf.kind in ("heading", "paragraph"):
            self._prose(leaf)
        elif leaf.kind == "table":
            self._table(leaf)
        elif leaf.kind == "html" and text.startswith("<!--"):
            self._comment(leaf, text)
        elif leaf.kind in ASIDES and (leaf.kind != "html" or TAG.sub("", text).strip()):
            piece = Piece(text, Span(leaf.lines[0][0], leaf.lines[-1][1]))
            self.blocks.append(Block("aside", (piece,), reason=ASIDES[leaf.kind]))
        else:
            self.drop(leaf, ASIDES.get(leaf.kind, leaf.kind))

    def drop(self, leaf: Leaf, reason: str) -> None:
        """Leave a whole leaf out."""
        span = Span(leaf.lines[0][0], leaf.lines[-1][1])
        self.dropped.append(Dropped(span, self._source[span.start : span.end], reason))

    def _prose(self, leaf: Leaf) -> None:
        pieces, left_out = render(Excerpt.of_lines(self._source, leaf.lines), self._labels)
        self.dropped.extend(left_out)
        if not pieces:
            return
        if leaf.kind == "heading" and not (leaf.is_quoted or leaf.depth):
            self.blocks.append(Block("heading", pieces, leaf.level))
        elif leaf.begins_item:
            self.blocks.append(Block("item", pieces, leaf.depth))
        else:
            self.blocks.append(Block("paragraph", pieces, leaf.depth))

    def _table(self, leaf: Leaf) -> None:
        """Write a table row by row: the line under its head only says that it is one."""
        left_out: list[Dropped] = []
        head, _, *body = [list(self._cells(line, left_out)) for line in leaf.lines]
        left_out += (self._beyond(cell) for row in body for cell in row[len(head) :] if cell.pieces)
        rows = blocks_of([head], [row[: len(head)] for row in body])
        if isinstance(rows, str):
            span = Span(leaf.lines[0][0], leaf.lines[-1][1])
            piece = Piece(self._source[span.start : span.end], span)
            self.blocks.append(Block("aside", (piece,), reason=rows))
        else:
            self.blocks += rows
            self.dropped += left_out

    def _cells(self, line: tuple[int, int], left_out: list[Dropped]) -> Iterator[Read]:
        for start, end in cells(self._source, *line):
            excerpt = Excerpt.of_lines(self._source, [(start, end)])
            pieces, unseen = render(excerpt, self._labels)
            left_out.extend(unseen)
            yield Read(pieces)

    def _beyond(self, cell: Read) -> Dropped:
        """Leave out a cell that a page would not show: its table has no column for it."""
        span = Block("row", cell.pieces).source
        return Dropped(span, self._source[span.start : span.end], "cell beyond the last column")

    def _comment(self, leaf: Leaf, text: str) -> None:
        """Drop a comment; anything after it on its last line is text."""
        if "-->" in text:
            self._prose(leaf)
        else:
            self.drop(leaf, "comment without an end")
