"""Markdown: headings, paragraphs, lists and captions of a ``.md`` file.

Blocks are read line by line, because files made from PDFs break the block grammar: a list that
a page cuts in two would otherwise swallow what follows it (docs/decisions.md, "Markdown").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ingest.blocks import Block, BlockKind, Draft
from ingest.document import Dropped, Span
from ingest.parsers.decoding import decode
from ingest.parsers.inline import render

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*$")
ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?P<text>\S.*)$")
RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
FENCE = re.compile(r" {0,3}(?:```|~~~)")


def parse(data: bytes) -> Draft:
    """Return the blocks of a Markdown file, its inline mark-up read as a person sees it."""
    source = decode(data)
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    for kind, level, span in _spans(source):
        pieces, left_out = render(source, span)
        dropped.extend(left_out)
        if pieces:
            blocks.append(Block(kind, pieces, level))
    return Draft(source, tuple(blocks), tuple(dropped))


def _spans(source: str) -> Iterator[tuple[BlockKind, int, Span]]:
    """Yield each block's kind, heading level and the span of its content in the source."""
    open_kind: BlockKind | None = None
    start = end = at = 0
    for line in chain(source.splitlines(keepends=True), [""]):
        text = line.rstrip("\n")
        heading, item = HEADING.match(text), ITEM.match(text)
        ends_block = not text.strip() or heading or item or RULE.match(text) or FENCE.match(text)
        if open_kind and ends_block:
            yield open_kind, 0, Span(start, end)
            open_kind = None
        if heading and heading["text"]:
            span = Span(at + heading.start("text"), at + heading.end("text"))
            yield "heading", len(heading[1]), span
        elif item and not RULE.match(text):
            open_kind, start, end = "item", at + item.start("text"), at + len(text)
        elif not ends_block:
            start = start if open_kind else at
            open_kind, end = open_kind or "paragraph", at + len(text)
        at += len(line)
