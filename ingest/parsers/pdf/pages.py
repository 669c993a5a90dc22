"""A page as pdfium gives it: characters in the order of the file, each with its box and type.

All places are in points from the upper left corner of the page as it is shown: after the crop box
and the page's rotation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]

ABOVE, BELOW = 0.95, 0.3
"""In em from the base line: what a mark covers of a character at most."""
TURNED = 5
"""Degrees beyond which a character is not part of upright text."""


@dataclass(frozen=True, slots=True)
class Face:
    """The type that a stretch of text is set in."""

    font: str
    """Name of the font without the prefix of a subset."""
    size: float
    """In points, as shown."""
    is_bold: bool
    is_italic: bool
    angle: int
    """Degrees counter-clockwise from upright, in (-180, 180]."""
    is_invisible: bool
    """Drawn by nothing: the text of an OCR layer, or hidden words."""
    is_white: bool
    """Drawn in white, or transparent."""

    @property
    def is_upright(self) -> bool:
        """Whether it can be read without turning the page."""
        return abs(self.angle) <= TURNED


@dataclass(frozen=True, slots=True)
class Page:
    """The characters of one page; all sequences have one entry for each."""

    number: int
    """From 0."""
    start: int
    """Offset of its first character in the source."""
    width: float
    height: float
    text: str
    """One code point per character; ``"\\n"`` and some spaces are pdfium's, without a box."""
    boxes: Places
    """Left, top, right, bottom: shape ``(n, 4)``; NaN where a character has no box."""
    bases: Places
    """Where each stands: its distance from the top of the page, shape ``(n,)``."""
    faces: NDArray[np.int32]
    """Position of its face in ``styles``; -1 where a character has no box."""
    styles: tuple[Face, ...]
    unmapped: NDArray[np.bool_]
    """Whether the file does not say which letter it is."""
    hyphens: NDArray[np.bool_]
    """Whether pdfium calls it the hyphen of a line end."""
    clipped: NDArray[np.bool_]
    """Whether it lies outside of what its text is clipped to, and is not seen."""
    image_share: float = 0.0
    """The largest part of the page that one image covers, from 0 to 1."""
    covered: NDArray[np.bool_] | None = None
    """Where text is white: whether something dark was drawn under each character."""

    def sizes(self) -> Places:
        """Return the size of each character's type in points, NaN without a box: shape ``(n,)``."""
        known = np.array([style.size for style in self.styles] + [np.nan])
        return known[self.faces]

    def line_boxes(self) -> Places:
        """Return the boxes as they are marked: those of upright text no higher than a line.

        Some fonts claim the height of three lines for every letter.
        """
        boxes, sizes = self.boxes.copy(), self.sizes()
        is_level = np.array([style.angle == 0 for style in self.styles] + [False])[self.faces]
        top, bottom = self.bases - ABOVE * sizes, self.bases + BELOW * sizes
        boxes[is_level, 1] = np.maximum(boxes[is_level, 1], top[is_level])
        boxes[is_level, 3] = np.minimum(boxes[is_level, 3], bottom[is_level])
        return boxes

    def upright(self) -> Page:
        """Return the page as it is read: turned if most of its characters are."""
        quarter = _quarter(self)
        if quarter == 0:
            return self
        left, top, right, bottom = self.boxes.T
        if quarter == 1:  # reads upwards: the right side becomes the bottom
            boxes = np.stack([self.height - bottom, left, self.height - top, right], axis=1)
        else:
            boxes = np.stack([top, self.width - right, bottom, self.width - left], axis=1)
        styles = tuple(replace(s, angle=_within(s.angle - 90 * quarter)) for s in self.styles)
        # The origins were measured across the page: the foot of the box is close enough.
        return replace(
            self,
            width=self.height,
            height=self.width,
            boxes=boxes,
            bases=boxes[:, 3] - 0.2 * (boxes[:, 3] - boxes[:, 1]),
            styles=styles,
        )


def _quarter(page: Page) -> int:
    """Return 1 or -1 if more than half of the characters read upwards or downwards, else 0."""
    angles = np.array([style.angle for style in page.styles], dtype=np.int32)
    counts = np.bincount(page.faces[page.faces >= 0], minlength=len(angles))
    for quarter in (1, -1):
        if counts[np.abs(angles - 90 * quarter) <= TURNED].sum() * 2 > counts.sum():
            return quarter
    return 0


def _within(angle: int) -> int:
    return (angle + 179) % 360 - 179
