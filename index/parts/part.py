"""A part: the vectors of a segment's passages on disk, searched by the kind that fits their number.

::

    vectors.f32   up to FLAT_ROWS vectors, compared one by one; or
    vectors.f16   more of them, by which what the lists find is scored again,
    lists.ivf     the inverted lists, and
    lists.json    how many of them are searched
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.dense import InvertedLists, nearest
from index.encoder import Vectors
from index.hits import Mask, Rows, Scores
from index.manifest import wrong
from index.parts import stored
from index.parts.tuning import Tuning, read_tuning

FLAT, LARGE, LISTS, TUNING = "vectors.f32", "vectors.f16", "lists.ivf", "lists.json"
FEW = 20_000
"""Vectors up to which all that may be found are compared, if that is not all of them: it takes
about 25 ms."""
FLAT_KIND, LARGE_KIND = "<f4", "<f2"
"""Of the numbers in the first two files."""


class Part:
    """Vectors that ``PartWriter`` wrote; the files are mapped, so opening reads next to nothing.

    Threads can share it.

    Args:
        folder: its own.
        dimension: of the vectors, ``d``.

    Raises:
        DamagedIndexError: if the folder holds something else.

    """

    def __init__(self, folder: Path, dimension: int) -> None:
        self.folder = folder
        there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        self._lists: InvertedLists | None = None
        self._tuning: Tuning | None = None
        if there == {FLAT}:
            self._vectors = stored.mapped(folder / FLAT, FLAT_KIND, dimension)
        elif there == {LARGE, LISTS, TUNING}:
            self._vectors = stored.mapped(folder / LARGE, LARGE_KIND, dimension)
            self._lists = InvertedLists(folder / LISTS, len(self._vectors), dimension)
            self._tuning = read_tuning(folder / TUNING)
        else:
            raise wrong(folder, "does not hold the files of a part")

    def __len__(self) -> int:
        return len(self._vectors)

    @property
    def tuning(self) -> Tuning | None:
        """How its lists are searched; None if it has none."""
        return self._tuning

    def read(self, rows: slice | Rows) -> Vectors:
        """Return some of its vectors, shape ``(n, d)``, of length 1 up to rounding."""
        return stored.read(self._vectors, rows)

    def blocks(self) -> Iterator[Vectors]:
        """Yield all its vectors in order, some at a time."""
        return stored.blocks(self._vectors)

    def search(self, queries: Vectors, k: int, mask: Mask | None = None) -> tuple[Scores, Rows]:
        """Find the ``k`` vectors nearest to each query.

        Args:
            queries: shape ``(n_queries, d)``, float32, rows of length 1.
            k: vectors to return per query, at least 1.
            mask: shape ``(len(self),)``, which of them may be found; all if None.

        Returns:
            As ``index.dense.nearest`` does, as many rows and scores of the vectors themselves; but
            where there are lists, some rows may be less near than others that were missed.

        """
        if self._lists is None or self._tuning is None:
            return nearest(self.read(slice(None)), queries, k, mask)
        allowed = len(self) if mask is None else int(np.count_nonzero(mask))
        wanted = min(k, allowed)
        if mask is not None and allowed <= FEW:
            rows = np.flatnonzero(mask)
            scores, places = nearest(self.read(rows), queries, k)
            return scores, rows[places]
        # So many that as many vectors are compared as if all could be found. With the root of it,
        # half of the nearest were missed when what may be found lies together, far from the query.
        probes = self._tuning.probes * len(self) // allowed
        while True:
            probes = min(probes, len(self._lists))
            found = stored.rescored(self._lists, self._vectors, queries, wanted, probes, mask)
            if probes == len(self._lists) or (found[1] >= 0).all():
                return found
            probes *= 4
