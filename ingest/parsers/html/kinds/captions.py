"""Captions: the elements that hold them, and labels that stand apart from their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.blocks import Block, Piece
from ingest.parsers.html.around.names import CAPTION, is_called
from ingest.parsers.html.markup.tree import Element

LABEL = re.compile(
    r"(?:(?:supplementary|supplemental|additional)\s+)?(?:fig(?:ure|\.)?|table|box|scheme|chart|plate)"
    r"\s?[A-Z]?\d{1,3}[A-Za-z]?\s*[.:|]?",
    re.I,
)


def is_caption(element: Element) -> bool:
    """Whether an element holds a caption."""
    return element.tag in ("figcaption", "caption") or is_called(CAPTION, element)


def join_labels(blocks: Sequence[Block]) -> list[int]:
    """Return the positions of labels alone ("Figure 1") whose caption is the next block."""
    return [
        at
        for at, (block, following) in enumerate(pairwise(blocks))
        if block.kind in ("paragraph", "caption")
        and following.kind == "caption"
        and LABEL.fullmatch(block.text)
        and not LABEL.match(following.text)
    ]


def labelled(label: Block, caption: Block) -> Block:
    """Return a caption with its label before it."""
    return replace(caption, pieces=(*label.pieces, Piece(" ", None), *caption.pieces))
