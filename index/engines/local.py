"""The engine of one machine: FAISS and tantivy in this process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import numpy as np

from index.encoder import Vectors
from index.hits import Rows
from index.parts.search import DenseParts
from index.sparse import SparseIndex


class LocalEngine:
    """Searches a build's own indexes; an ``index.engines.engine.Engine``.

    Args:
        vectors: of all passages.
        words: of all passages.
        rows_of: returns the rows of some documents, by doc_id.

    """

    def __init__(
        self,
        vectors: DenseParts,
        words: SparseIndex,
        rows_of: Callable[[Collection[str]], Rows],
    ) -> None:
        self._vectors, self._words, self._rows_of = vectors, words, rows_of

    def dense(self, vector: Vectors, k: int, documents: Collection[str] | None = None) -> Rows:
        """Find passages by meaning, see ``Engine.dense``.

        Raises:
            IndexMismatchError: if the vector does not have the index's dimension.

        """
        rows = None if documents is None else self._rows_of(documents)
        _, found = self._vectors.search(vector[np.newaxis, :], k, rows)
        return np.asarray(found[0])

    def words(
        self, tokens: Iterable[str], k: int, documents: Collection[str] | None = None
    ) -> Rows:
        """Find passages by words, see ``Engine.words``.

        Raises:
            DamagedIndexError: if tantivy finds the index damaged only now.

        """
        _, found = self._words.search(tokens, k, documents)
        return found

    def count(self) -> int:
        """Return how many passages are held."""
        return len(self._vectors)

    def close(self) -> None:
        """Do nothing: there is no connection."""
