"""Captions: the elements that hold them, and labels that stand apart from their text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

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


def with_labels(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, each label alone ("Figure 1") joined to the caption that follows it."""
    label: Block | None = None
    for block in blocks:
        if label is not None and block.kind == "caption" and not LABEL.match(block.text):
            yield replace(block, pieces=(*label.pieces, Piece(" ", None), *block.pieces))
            label = None
            continue
        if label is not None:
            yield label
        is_label = block.kind in ("paragraph", "caption") and LABEL.fullmatch(block.text)
        label = block if is_label else None
        if label is None:
            yield block
    if label is not None:
        yield label
