"""Vectors in a file: mapped, read in blocks, compared exactly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.dense import InvertedLists, nearest, ranked
from index.encoder import Vectors
from index.hits import Mask, Rows, Scores
from index.manifest import wrong

Stored = NDArray[np.floating]
"""Vectors in a mapped file, shape ``(n, d)``, rows of length 1, float32 or float16."""

BLOCK_ROWS = 50_000
"""Vectors read at a time: 77 MB of them."""
AGAIN = 2
"""For each vector wanted, so many that the lists find are scored again. Of the 10 nearest to a
question in a million, .954 were found with 1, .965 with 2 and with 4."""


def mapped(path: Path, kind: str, dimension: int) -> Stored:
    """Map a file of vectors.

    Args:
        path: of the file.
        kind: of its numbers, as NumPy calls it.
        dimension: of the vectors.

    Raises:
        DamagedIndexError: if it does not hold whole vectors.

    """
    size, of_one = path.stat().st_size, dimension * np.dtype(kind).itemsize
    if size % of_one:
        raise wrong(path, "does not hold whole vectors")
    if not size:
        return np.zeros((0, dimension), dtype=kind)
    return np.memmap(path, dtype=kind, mode="r", shape=(size // of_one, dimension))


def read(vectors: Stored, rows: slice | Rows) -> Vectors:
    """Return some of the vectors; those that are stored as float32 are not copied for a slice."""
    return np.asarray(vectors[rows], dtype=np.float32)


def blocks(vectors: Stored) -> Iterator[Vectors]:
    """Yield all vectors, some at a time."""
    for start in range(0, len(vectors), BLOCK_ROWS):
        yield read(vectors, slice(start, start + BLOCK_ROWS))


def exact(of_all: Iterable[Vectors], queries: Vectors, k: int) -> tuple[Scores, Rows]:
    """Do what ``index.dense.nearest`` does, block by block."""
    scores, rows = np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
    start = 0
    for block in of_all:
        more, places = nearest(block, queries, k)
        scores = np.concatenate([scores, more], axis=1)
        scores, rows = ranked(scores, np.concatenate([rows, places + start], axis=1), k)
        start += len(block)
    return scores, rows


def cosines(queries: Vectors, vectors: Vectors) -> Scores:
    """Return the cosine of each query with each vector, the same to the bit for equal vectors.

    Shapes are ``(n_queries, d)`` and ``(n, d)``; the result's is ``(n_queries, n)``.
    """
    return np.asarray(np.einsum("qd,nd->qn", queries, vectors, optimize=False))


def rescored(
    lists: InvertedLists,
    vectors: Stored,
    queries: Vectors,
    k: int,
    probes: int,
    mask: Mask | None = None,
) -> tuple[Scores, Rows]:
    """Find about the ``k`` nearest vectors of each query in the lists, scored by the vectors.

    Returns:
        ``(scores, rows)``, both of shape ``(n_queries, k)``, best first, ties in row order, with
        ``-inf`` and ``-1`` at the end where the lists hold no more.

    """
    candidates = lists.search(queries, min(AGAIN * k, len(vectors)), probes, mask)
    scores = np.full((len(queries), k), -np.inf, np.float32)
    rows = np.full((len(queries), k), -1, np.int64)
    for n, found in enumerate(candidates):
        own = np.sort(found[found >= 0])[np.newaxis]
        again = cosines(queries[n : n + 1], read(vectors, own[0]))
        best = ranked(again, own, k)
        scores[n, : best[0].shape[1]], rows[n, : best[1].shape[1]] = best[0][0], best[1][0]
    return scores, rows
