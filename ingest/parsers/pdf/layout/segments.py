"""Segments: stretches of characters that the file draws one after the other on one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.parsers.pdf.pages import Page

GAP = 1.5
STEP_BACK = 1.0
STEP = 0.3
STEP_OF_SMALL = 0.62
"""In em: a gap, a step back, a step of the base line that begins a new segment; smaller type may
step further, so that superscripts stay with their word. Measured on 58 papers."""
SMALL = 0.85
"""Of the size beside it: smaller type is a superscript or subscript."""
SAME_BOX = 0.1
"""Points by which the boxes of a ligature's letters may differ."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Consecutive characters of one page on one line; places in points."""

    page: int
    """Position of its page."""
    glyphs: NDArray[np.intp]
    """Positions of its characters on the page, without white space at its ends."""
    left: float
    right: float
    base: float
    size: float
    """Of most of its characters."""

    @property
    def top(self) -> float:
        """About where its capitals end."""
        return self.base - 0.72 * self.size

    @property
    def bottom(self) -> float:
        """About where its descenders end."""
        return self.base + 0.22 * self.size

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left


def segments(page: Page, at: int, kept: NDArray[np.bool_]) -> Iterator[Segment]:
    """Yield the segments of an upright page.

    Args:
        page: as it is read.
        at: its position among the pages.
        kept: which of its characters are text.

    """
    sizes = page.sizes()
    spaces = np.array([code.isspace() for code in page.text], dtype=bool)
    inked = np.flatnonzero(kept & (page.faces >= 0) & ~spaces)
    if not len(inked):
        return
    first = np.concatenate([[True], _breaks(page, inked, sizes[inked])])
    starts = np.flatnonzero(first)
    for begin, end in zip(starts, [*starts[1:], len(inked)], strict=True):
        ink = inked[begin:end]
        glyphs = np.arange(ink[0], ink[-1] + 1)
        glyphs = glyphs[kept[glyphs] | (page.faces[glyphs] < 0)]
        yield _segment(page, at, ink, glyphs, sizes)


def _breaks(page: Page, inked: NDArray[np.intp], sizes: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return whether a segment begins at each character after the first."""
    left, _, right, _ = page.boxes[inked].T
    base = page.bases[inked]
    em = np.maximum(sizes[1:], sizes[:-1])
    gap = left[1:] - right[:-1]
    step = np.abs(np.diff(base))
    is_small = np.minimum(sizes[1:], sizes[:-1]) < SMALL * em
    same_box = np.abs(np.diff(page.boxes[inked], axis=0)).max(axis=1) <= SAME_BOX
    limit = np.where(is_small, STEP_OF_SMALL, STEP) * em
    moved = (gap > GAP * em) | (gap < -STEP_BACK * em) | (step > limit)
    found: NDArray[np.bool_] = moved & ~same_box
    return found


def _segment(
    page: Page,
    at: int,
    ink: NDArray[np.intp],
    glyphs: NDArray[np.intp],
    sizes: NDArray[np.float64],
) -> Segment:
    own = sizes[ink]
    values, counts = np.unique(np.round(own, 1), return_counts=True)
    size = float(values[counts.argmax()])
    of_size = np.abs(own - size) < 0.1
    return Segment(
        page=at,
        glyphs=glyphs,
        left=float(page.boxes[ink, 0].min()),
        right=float(page.boxes[ink, 2].max()),
        base=float(np.median(page.bases[ink][of_size])),
        size=size,
    )
