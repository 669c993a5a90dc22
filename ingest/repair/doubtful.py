"""Leave out the sentences that hold a character of which the file does not say what it is.

The page may show "1 µl" where the file says "1 ml". Such a character is never replaced by a guess,
and the sentence around it is never quoted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.blocks import Block, Draft, Piece, tidy
from ingest.document import Dropped, Span
from ingest.sentences import split_sentences
from ingest.tables.torn import torn_rows

DOUBTFUL = "doubtful characters"
FORMULA = "sentence around a formula that needs more than a line"
ROW = "row of a table with doubtful characters in it, its head or what names it"
CUT_OUT = ("paragraph", "caption")
"""Blocks of which the other sentences stay; of other kinds, nothing is left."""


def drop_doubtful(draft: Draft) -> Draft:
    """Return the draft without sentences that hold doubtful characters, each recorded.

    A heading stays: it is never quoted.
    """
    if not draft.doubtful:
        return draft
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    torn = torn_rows(draft.blocks, lambda block: _holds(draft.doubtful, block.pieces))
    for at, block in enumerate(draft.blocks):
        is_sure = at not in torn and not _holds(draft.doubtful, block.pieces)
        if block.kind == "heading" or is_sure:
            blocks.append(block)
            continue
        left, gone = _parted(block, draft.doubtful)
        blocks += left
        reason = ROW if at in torn else FORMULA if draft.is_marked_up else DOUBTFUL
        dropped += [Dropped(_place(pieces), draft.shown(pieces), reason) for pieces in gone]
    return replace(draft, blocks=tuple(blocks), dropped=draft.dropped + tuple(dropped))


def _parted(block: Block, doubtful: Sequence[int]) -> tuple[list[Block], list[tuple[Piece, ...]]]:
    """Return what is left of a block and what is taken out of it."""
    if block.kind not in CUT_OUT:
        return [], [block.pieces]
    kept: list[Piece] = []
    gone: list[tuple[Piece, ...]] = []
    text = block.text
    for at, span in enumerate(split_sentences(text, Span(0, len(text)))):
        pieces = tuple(_slice(block.pieces, span))
        if not _holds(doubtful, pieces):
            if kept and gone:
                pieces = (replace(pieces[0], seam="break"), *pieces[1:])
            kept += [Piece(" ", None), *pieces] if kept else pieces
        elif at == 0 and block.kind == "caption":
            return [], [block.pieces]  # nothing tells what the rest of it is a caption of
        else:
            gone.append(pieces)
    return [replace(block, pieces=tidy(kept))] if kept else [], gone


def _slice(pieces: Sequence[Piece], span: Span) -> Iterator[Piece]:
    """Yield the pieces of a stretch of a block's text; one that was rewritten stays whole."""
    at = 0
    for piece in pieces:
        start, end = max(span.start - at, 0), min(span.end - at, len(piece.text))
        at += len(piece.text)
        if start >= end:
            continue
        if piece.source is None or len(piece.source) != len(piece.text):
            yield piece
            continue
        first = piece.source.start + start
        seam = piece.seam if start == 0 else None
        source = Span(first, first + end - start)
        yield replace(piece, text=piece.text[start:end], source=source, seam=seam)


def _holds(doubtful: Sequence[int], pieces: Sequence[Piece]) -> bool:
    for piece in pieces:
        if piece.source is not None:
            at = bisect_left(doubtful, piece.source.start)
            if at < len(doubtful) and doubtful[at] < piece.source.end:
                return True
    return False


def _place(pieces: Sequence[Piece]) -> Span:
    spans = [piece.source for piece in pieces if piece.source is not None]
    return Span(min(one.start for one in spans), max(one.end for one in spans))
