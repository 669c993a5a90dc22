"""Exact search by meaning: cosines of vectors. The only module that imports FAISS."""

from __future__ import annotations

import faiss
import numpy as np

from index.encoder import Vectors
from index.errors import IndexMismatchError
from index.hits import Rows, Scores


class DenseIndex:
    """The vectors of all passages; a query is compared with each of them.

    Args:
        vectors: shape ``(n_passages, d)``, float32, rows of length 1.

    """

    def __init__(self, vectors: Vectors) -> None:
        self._faiss = faiss.IndexFlatIP(vectors.shape[1])
        self._faiss.add(np.ascontiguousarray(vectors))

    def __len__(self) -> int:
        return int(self._faiss.ntotal)

    @property
    def dimension(self) -> int:
        """Length of every vector, ``d``."""
        return int(self._faiss.d)

    def vectors(self, rows: Rows) -> Vectors:
        """Return the vectors of some passages, shape ``(len(rows), d)``."""
        return np.asarray(self._faiss.reconstruct_batch(rows), dtype=np.float32)

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
            IndexMismatchError: if the queries do not have the index's dimension ``d``.

        """
        self._check(queries)
        wanted = min(k, len(self) if rows is None else len(rows))
        if wanted == 0:
            return np.zeros((len(queries), 0), np.float32), np.zeros((len(queries), 0), np.int64)
        only = None
        if rows is not None:
            selector = faiss.IDSelectorBatch(rows)  # to be kept: FAISS holds no reference to it
            only = faiss.SearchParameters()
            only.sel = selector
        scores, found = self._faiss.search(np.ascontiguousarray(queries), wanted, params=only)
        order = np.lexsort((found, -scores))
        return np.take_along_axis(scores, order, 1), np.take_along_axis(found, order, 1)

    def _check(self, queries: Vectors) -> None:
        if queries.ndim != 2 or queries.shape[1] != self.dimension:
            raise IndexMismatchError(
                f"queries of shape {queries.shape}, but the index has {self.dimension} dimensions: "
                "it was built with another encoder. Run `quotewell build`."
            )
