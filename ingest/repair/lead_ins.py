"""What introduces a list: the sentence before it or the item around it, if it ends in a colon."""

from __future__ import annotations

from ingest.blocks import Block
from ingest.document import Span


class LeadIns:
    """The sentences that introduce the lists at one place in a document, outermost first.

    A list inside an item belongs to the list around it and has the same lead-in. If that list
    has none, an item that ends in a colon introduces the items under it.
    """

    def __init__(self) -> None:
        self._of_depth: list[Span | None] = [None]

    def of(self, block: Block) -> Span | None:
        """Return what introduces a block; None unless it is an item of an introduced list."""
        if block.kind != "item":
            return None
        return self._of_depth[min(_depth(block), len(self._of_depth)) - 1]

    def note(self, block: Block, last: Span | None) -> None:
        """Move past a block; ``last`` is its last sentence."""
        depth = _depth(block)
        outer = (self._of_depth + self._of_depth[-1:] * depth)[:depth]
        around = outer[-1] if outer else None
        if around is None and block.kind in ("paragraph", "item") and block.text.endswith(":"):
            around = last
        self._of_depth = [*outer, around]


def _depth(block: Block) -> int:
    """Return how many lists a block is in, at least 1 for an item."""
    return max(block.level, 1) if block.kind == "item" else block.level
