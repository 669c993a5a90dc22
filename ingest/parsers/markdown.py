"""Markdown: the headings, paragraphs, list items and asides of a ``.md`` file."""

from __future__ import annotations

import re

from ingest.blocks import Block, Draft, Piece
from ingest.document import Dropped, Span
from ingest.parsers.decoding import decode
from ingest.parsers.excerpt import Excerpt
from ingest.parsers.front_matter import end_of_front_matter
from ingest.parsers.grammar import Leaf, parse_blocks
from ingest.parsers.inline.links import Labels
from ingest.parsers.inline.render import render

ASIDES = {
    "table": "table",
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

    def _comment(self, leaf: Leaf, text: str) -> None:
        """Drop a comment; anything after it on its last line is text."""
        if "-->" in text:
            self._prose(leaf)
        else:
            self.drop(leaf, "comment without an end")
