"""What a search returns: hits, or arrays of rows and scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.document import Passage

Rows = NDArray[np.int64]
"""Positions of passages or sentences in the index, from 0."""

Scores = NDArray[np.float32]
"""Scores of passages, sentences or texts; the shape is given where they are made."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found by a search."""

    passage: Passage
    row: int
    """Of the passage in the index."""
    rank: int
    """Position in the list of hits, from 1."""
    score: float
    """Higher is better; comparable only within one search."""
