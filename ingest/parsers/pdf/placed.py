"""Boxes in the form that is kept, from the sides of characters."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.boxes import WHOLE, Boxes


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
    return Boxes(zlib.compress(whole.tobytes()), len(whole), tuple(page_starts), tuple(pages))
