"""Where on its page each character of a source file stands, and what of a page a quote covers."""

from __future__ import annotations

import json
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ingest.errors import IngestError

if TYPE_CHECKING:
    from ingest.document import Span

WHOLE = 65_535
"""A page's width and height in the units of ``Boxes.edges``: 0.01 pt of a page of paper."""
WORD_GAP = 1.5
"""In heights of a character: stretches of a line nearer than this are marked as one."""
EDGE_FORMAT = "<4H"
EDGE_BYTES = struct.calcsize(EDGE_FORMAT)
"""Of one character."""
SAME_LINE = 0.5
"""Part of the smaller height that two characters of one line have in common."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle on a page as it is shown; sides as parts of its width or height, from 0 to 1."""

    page: int
    """From 1."""
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Boxes:
    """The places of the characters of one source file; kept beside its document."""

    edges: bytes
    """For each character of the source left, top, right, bottom as little-endian uint16, all 0
    where it has no place; packed by zlib."""
    count: int
    """Of the characters."""
    page_starts: tuple[int, ...]
    """As ``Document.page_starts``."""
    pages: tuple[tuple[float, float], ...]
    """Width and height of each page as it is shown, in points."""
    labels: tuple[str, ...] = ()
    """What each page calls itself ("iv", "271"); empty if they are counted from 1."""

    def marks(self, spans: Iterable[Span]) -> tuple[Mark, ...]:
        """Return the rectangles over the characters of stretches of the source, one for each line.

        A letter that shares its box with others, as in a ligature, is marked with them.
        """
        made: list[Mark] = []
        for span in spans:
            for mark in self._of(span):
                if made and _touch(made[-1], mark, self._shape(mark.page)):
                    made[-1] = _around(made[-1], mark)
                else:
                    made.append(mark)
        return tuple(made)

    def _of(self, span: Span) -> Iterator[Mark]:
        edges = self._edges()[EDGE_BYTES * span.start : EDGE_BYTES * span.end]
        for at, sides in enumerate(struct.iter_unpack(EDGE_FORMAT, edges), start=span.start):
            if any(sides):
                yield Mark(bisect_right(self.page_starts, at), *(side / WHOLE for side in sides))

    def _edges(self) -> bytes:
        size = EDGE_BYTES * self.count
        return zlib.decompressobj().decompress(self.edges, max_length=size)

    def _shape(self, page: int) -> float:
        """Return a page's height over its width."""
        width, height = self.pages[page - 1]
        return height / width


def boxes_to_bytes(boxes: Boxes) -> bytes:
    """Return what is kept of boxes: a line of JSON, then the packed edges."""
    head = [boxes.count, boxes.page_starts, boxes.pages, boxes.labels]
    return json.dumps(head).encode() + b"\n" + boxes.edges


def boxes_from_bytes(kept: bytes) -> Boxes:
    """Return the boxes of which ``boxes_to_bytes`` made this.

    Raises:
        IngestError: if it is something else.

    """
    head, _, edges = kept.partition(b"\n")
    try:
        count, starts, pages, labels = json.loads(head)
        sizes = tuple((width, height) for width, height in pages)
        return Boxes(edges, count, tuple(starts), sizes, tuple(labels))
    except (ValueError, TypeError, RecursionError) as error:
        raise IngestError(f"not boxes of a document ({error}); run `quotewell build`") from error


def _touch(one: Mark, other: Mark, shape: float) -> bool:
    """Whether two rectangles stand near each other on one line."""
    if one.page != other.page:
        return False
    height = min(one.bottom - one.top, other.bottom - other.top)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    if shared < SAME_LINE * height:
        return False
    gap = max(other.left - one.right, one.left - other.right)
    return gap < WORD_GAP * height * shape


def _around(one: Mark, other: Mark) -> Mark:
    return replace(
        one,
        left=min(one.left, other.left),
        top=min(one.top, other.top),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
    )
