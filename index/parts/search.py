"""Search by meaning in all parts of an index."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.dense import check, ranked
from index.embedding import are_unit
from index.encoder import Vectors
from index.errors import IndexMismatchError
from index.hits import Mask, Rows, Scores
from index.manifest import wrong
from index.parts.part import Part
from index.parts.runs import Runs
from index.parts.stored import cosines

NO_UNITS = "holds no unit vectors"


class DenseParts:
    """The vectors of all passages of an index, part by part. Threads can share it.

    Args:
        parts: each with the rows of the index that its vectors stand for; a vector that stands for
            none, as of a withdrawn document, is never found.
        dimension: of the vectors, ``d``.

    Raises:
        ValueError: if rows stand for vectors that are not there.

    """

    def __init__(self, parts: Sequence[tuple[Part, Runs]], dimension: int) -> None:
        self.dimension = dimension
        """Length of every vector, ``d``."""
        self._parts = [(part, runs, runs.mask(len(part))) for part, runs in parts]

    def __len__(self) -> int:
        return sum(len(runs) for _, runs, _ in self._parts)

    def check(self) -> None:
        """Look at all vectors.

        Raises:
            DamagedIndexError: if one has not the length 1.

        """
        for part, _, _ in self._parts:
            if not all(map(are_unit, part.blocks())):
                raise wrong(part.folder, NO_UNITS)

    def search(self, queries: Vectors, k: int, rows: Rows | None = None) -> tuple[Scores, Rows]:
        """Find the ``k`` passages most similar to each query.

        Args:
            queries: shape ``(n_queries, d)``, float32, rows of length 1.
            k: passages to return per query, at least 1; all of them if there are fewer.
            rows: search only these passages, without repeats; all if None.

        Returns:
            ``(scores, rows)``, both of shape ``(n_queries, min(k, n_passages))``, best first,
            ties in row order. A score is a cosine, in ``[-1, 1]`` up to rounding.

        Raises:
            IndexMismatchError: if the queries do not have the index's dimension ``d``, or a row is
                not in the index.
            DamagedIndexError: if vectors turn out to be none.

        """
        check(queries, self.dimension)
        found = [self._search(n, queries, k, rows) for n in range(len(self._parts))]
        empty = np.zeros((len(queries), 0))
        scores = np.concatenate([empty.astype(np.float32), *(one for one, _ in found)], axis=1)
        places = np.concatenate([empty.astype(np.int64), *(one for _, one in found)], axis=1)
        return ranked(scores, places, k)

    def cosines(self, vector: Vectors, rows: Rows) -> Scores:
        """Return how near some passages are to a query, by their stored vectors.

        Args:
            vector: of the query, shape ``(d,)``.
            rows: of the passages, shape ``(n,)``.

        Returns:
            Shape ``(n,)``, in the order of ``rows``.

        Raises:
            IndexMismatchError: if a row is not in the index.

        """
        return np.asarray(cosines(vector[np.newaxis], self.vectors(rows))[0])

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors of some passages, shape ``(n, d)``, in the order of ``rows``.

        Raises:
            IndexMismatchError: if a row is not in the index.

        """
        vectors = np.empty((len(rows), self.dimension), dtype=np.float32)
        n_found = 0
        for part, runs, _ in self._parts:
            places, at = runs.numbers(rows)
            vectors[at] = part.read(places)
            n_found += len(at)
        if n_found != len(rows):
            raise IndexMismatchError("a passage is not in the index. Run `quotewell build`.")
        return vectors

    def _search(self, n: int, queries: Vectors, k: int, rows: Rows | None) -> tuple[Scores, Rows]:
        """Search one part; return rows of the index."""
        part, runs, mask = self._parts[n]
        if rows is not None:
            mask = _mask(runs.numbers(rows)[0], len(part))
        scores, places = part.search(queries, k, mask)
        try:
            return scores, runs.rows(places)
        except ValueError as error:  # fewer were found than there are: some are like nothing
            raise wrong(part.folder, NO_UNITS) from error


def _mask(places: Rows, total: int) -> Mask:
    mask = np.zeros(total, dtype=np.bool_)
    mask[places] = True
    return mask
