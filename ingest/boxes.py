"""Where on its page each character of a source file stands, and what of a page a quote covers."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.document import Document, Span

WHOLE = 65_535
"""A page's width and height in the units of ``Boxes.edges``: 0.01 pt of a page of paper."""
WORD_GAP = 1.5
"""In heights of a character: stretches of a line nearer than this are marked as one."""
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
    """For each character of the source left, top, right, bottom as little-endian uint16; all 0
    where it has no place."""
    page_starts: tuple[int, ...]
    """As ``Document.page_starts``."""
    pages: tuple[tuple[float, float], ...]
    """Width and height of each page as it is shown, in points."""

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
        edges = self._edges()[span.start : span.end]
        placed = np.flatnonzero(edges.any(axis=1))
        for at, sides in zip(placed.tolist(), (edges[placed] / WHOLE).tolist(), strict=True):
            yield Mark(bisect_right(self.page_starts, span.start + at), *sides)

    def _edges(self) -> NDArray[np.uint16]:
        return np.frombuffer(self.edges, dtype="<u2").reshape(-1, 4)

    def _shape(self, page: int) -> float:
        """Return a page's height over its width."""
        width, height = self.pages[page - 1]
        return height / width


def make_boxes(
    edges: NDArray[np.float64], page_starts: Sequence[int], pages: Sequence[tuple[float, float]]
) -> Boxes:
    """Return boxes in the form that is kept.

    Args:
        edges: left, top, right, bottom of each character as parts of its page; NaN without a
            place: shape ``(n, 4)``.
        page_starts: offset of each page's first character.
        pages: width and height of each page in points.

    """
    whole = np.round(np.clip(np.nan_to_num(edges, nan=0.0), 0, 1) * WHOLE).astype("<u2")
    whole[np.isnan(edges).any(axis=1)] = 0
    return Boxes(whole.tobytes(), tuple(page_starts), tuple(pages))


def marks_of(document: Document, boxes: Boxes, span: Span) -> tuple[Mark, ...]:
    """Return the rectangles over exactly the characters of a quote."""
    return boxes.marks(document.stretches(span))


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
