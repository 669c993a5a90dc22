"""Boxes in the form that is kept, from the sides of characters."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.boxes import WHOLE, Boxes

LONGEST_LABEL = 12
"""Characters of a page's label: "cdxxxviii", "A-17"; a file may claim anything."""


def make_boxes(
    edges: NDArray[np.float64],
    page_starts: Sequence[int],
    pages: Sequence[tuple[float, float]],
    labels: Sequence[str] = (),
) -> Boxes:
    """Return boxes in the form that is kept.

    Args:
        edges: left, top, right, bottom of each character as parts of its page; NaN without a
            place: shape ``(n, 4)``.
        page_starts: offset of each page's first character.
        pages: width and height of each page in points.
        labels: what each page calls itself, as the file has it.

    """
    whole = np.round(np.clip(np.nan_to_num(edges, nan=0.0), 0, 1) * WHOLE).astype("<u2")
    whole[np.isnan(edges).any(axis=1)] = 0
    packed, named = zlib.compress(whole.tobytes()), _labels(labels, len(pages))
    return Boxes(packed, len(whole), tuple(page_starts), tuple(pages), named)


def _labels(labels: Sequence[str], count: int) -> tuple[str, ...]:
    """Return the labels if there is one for each page, and they say more than its number."""
    kept = tuple(
        "".join(code for code in label if code.isprintable())[:LONGEST_LABEL].strip()
        for label in labels
    )
    numbers = tuple(map(str, range(1, count + 1)))
    return kept if len(kept) == count and kept != numbers and any(kept) else ()
