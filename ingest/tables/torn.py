"""Rows that cannot be quoted because what gives them their meaning cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingest.blocks import Block

OF_TABLE = ("head", "group", "row")


def torn_rows(blocks: Sequence[Block], is_unsure: Callable[[Block], bool]) -> set[int]:
    """Return the positions of a draft's rows that are unsure, or stand under what is.

    That is the whole table without its caption or its head, and a row without the line over its
    group, or without a cell that reaches into it from above.
    """
    gone: set[int] = set()
    is_head_unsure = False
    unsure: set[int] = set()
    """Numbers of the rows of this table that are."""
    first = 0
    for at, block in enumerate(blocks):
        if block.kind not in OF_TABLE:
            continue
        if block.row == 0:
            above = blocks[at - 1] if at else block
            first, unsure = at, set()
            is_head_unsure = above.kind == "caption" and is_unsure(above)
        if is_unsure(block):
            unsure.add(block.row)
            is_head_unsure |= block.kind == "head"
        if is_head_unsure:
            gone |= set(range(first, at + 1))
        elif unsure & {block.row, block.group, *(place.row for place in block.cells)}:
            gone.add(at)
    return gone
