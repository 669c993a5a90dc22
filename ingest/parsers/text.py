"""Plain text: paragraphs and lists of a ``.txt`` file; ``ingest.headings`` does the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ingest.blocks import Block, BlockKind, Draft, Piece, tidy
from ingest.document import Span
from ingest.parsers.decoding import decode

ITEM = re.compile(r"[ \t]*(?:[-*•‣▪◦·–]|\d{1,3}[.)])[ \t\u00a0]+(?P<text>\S.*)$")
BLANK = re.compile(r"[ \t\n\f\v]+")


def parse(data: bytes) -> Draft:
    """Return the blocks of a plain text file."""
    source = decode(data)
    blocks = [Block(kind, _pieces(source, span)) for kind, span in _spans(source)]
    return Draft(source, tuple(block for block in blocks if block.pieces))


def _spans(source: str) -> Iterator[tuple[BlockKind, Span]]:
    open_kind: BlockKind | None = None
    start = end = at = 0
    for line in chain(source.splitlines(keepends=True), [""]):
        text = line.rstrip("\n")
        item = ITEM.match(text)
        if open_kind and (item or not text.strip()):
            yield open_kind, Span(start, end)
            open_kind = None
        if item:
            open_kind, start, end = "item", at + item.start("text"), at + len(text)
        elif text.strip():
            start = start if open_kind else at
            open_kind, end = open_kind or "paragraph", at + len(text)
        at += len(line)


def _pieces(source: str, span: Span) -> tuple[Piece, ...]:
    pieces, at = [], span.start
    for match in BLANK.finditer(source, span.start, span.end):
        if match.start() > at:
            pieces.append(Piece(source[at : match.start()], Span(at, match.start())))
        pieces.append(Piece(" ", Span(match.start(), match.start() + 1)))
        at = match.end()
    if at < span.end:
        pieces.append(Piece(source[at : span.end], Span(at, span.end)))
    return tidy(pieces)
