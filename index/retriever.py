"""Questions to hits, over a loaded index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex, Rows
from index.embedding import embed
from index.encoder import Encoder, Vectors
from index.errors import IndexMismatchError
from index.fusion import reciprocal_rank_fusion
from index.hits import Hit
from index.sparse import SparseIndex
from index.tokens import tokenize
from ingest.document import Document, Passage, Sentence

CANDIDATES = 100
"""Passages taken from each of the two rankings before they are merged; at least ``k``."""


class Retriever:
    """A loaded index. Row ``i`` of everything is ``passages[i]``.

    Made by ``load_retriever``. Safe to share between threads if its encoder is.
    """

    def __init__(
        self,
        encoder: Encoder,
        documents: Mapping[str, Document],
        passages: Sequence[Passage],
        indexes: tuple[DenseIndex, SparseIndex],
        vectors: tuple[Vectors, Vectors],
        learnt: Mapping[str, NDArray[np.float32]],
    ) -> None:
        self.encoder = encoder
        self.documents = dict(documents)
        """By doc_id."""
        self.passages = tuple(passages)
        self.sentences = sentences_of(self.passages)
        """The sentences of all passages, in passage order."""
        self.sentence_vectors, self.question_vectors = vectors
        """One row for each of ``sentences``: shape ``(n_sentences, d)``, rows of length 1; and
        one for each question that the index was built with."""
        self.learnt = dict(learnt)
        """What ``learn`` returned when the index was built."""
        self._dense, self._sparse = indexes

    def search(
        self,
        query: str,
        k: int,
        documents: Collection[str] | None = None,
        vector: Vectors | None = None,
    ) -> list[Hit]:
        """Find the passages that fit ``query`` by meaning or by words.

        Args:
            query: any text; one without a visible character finds nothing.
            k: hits wanted, at least 1; if there are fewer passages, you get them all.
            documents: search the passages of these doc_ids only; all if None.
            vector: the query's own, shape ``(d,)``, where it is known already.

        Returns:
            Best first. A score is the sum of reciprocal ranks, see ``reciprocal_rank_fusion``.

        Raises:
            IndexMismatchError: if one of ``documents`` is not in the index.

        """
        if not query.strip():
            return []
        rows = None if documents is None else self._rows_of(documents)
        depth = max(k, CANDIDATES)
        queries = embed(self.encoder, [query]) if vector is None else vector[np.newaxis, :]
        _, by_meaning = self._dense.search(queries, depth, rows)
        _, by_words = self._sparse.search(tokenize(query), depth, documents)
        merged = reciprocal_rank_fusion([by_meaning[0], by_words])[:k]
        return [
            Hit(self.passages[row], rank, score)
            for rank, (row, score) in enumerate(merged, start=1)
        ]

    def sparse_scores(self, query: str) -> Vectors:
        """Return every passage's BM25 score for ``query``, between 0 and 1, in row order.

        See ``SparseIndex`` for the scale; 0 means that no token is shared.
        """
        return self._sparse.scores(tokenize(query))

    def dense_scores(self, vector: Vectors) -> Vectors:
        """Return the cosine of every passage with ``vector``, shape ``(d,)``, in row order.

        Raises:
            IndexMismatchError: if the vector does not have the encoder's dimension.

        """
        return self._dense.scores(vector)

    def _rows_of(self, documents: Collection[str]) -> Rows:
        unknown = sorted(set(documents) - self.documents.keys())
        if unknown:
            raise IndexMismatchError(
                f"the index has no document {unknown[0]!r}. Run `quotewell build`."
            )
        inside = [row for row, p in enumerate(self.passages) if p.doc_id in documents]
        return np.array(inside, dtype=np.int64)


def sentences_of(passages: Iterable[Passage]) -> tuple[Sentence, ...]:
    """Return the sentences of all passages, in passage order."""
    return tuple(sentence for passage in passages for sentence in passage.sentences)
