"""Search a loaded index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.dense import DenseIndex
from index.embedding import embed
from index.encoder import Encoder, Vectors
from index.engines.engine import Engine
from index.engines.local import LocalEngine
from index.errors import IndexMismatchError
from index.fusion import reciprocal_rank_fusion
from index.hits import Hit, Rows
from index.manifest import Counts
from index.sparse import SparseIndex
from index.tokens import tokenize
from ingest.boxes import Boxes
from ingest.document import Document, Passage, Sentence

CANDIDATES = 100
"""Passages, or sentences, taken from each ranking before they are merged; ``k`` if that is more.
Chosen by hand."""
DAMPING = 10
"""Damping constant of the fusion, see ``reciprocal_rank_fusion``. On 1,250 questions about
documents kept out, 10 has a passage with an answer among the first 6 for .814 of them and among 12
for .903; 60, the usual value, .805 and .896. Weights between a half and two for the four rankings
give up to .824 and .904 (``python -m training.fusion``), too little to prefer any.
"""


class BoxesById(Protocol):
    """Where the characters of documents stand; a mapping is one."""

    def get(self, doc_id: str, /) -> Boxes | None:
        """Return the boxes of one document, or None if it has no pages."""


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """The contents of an index's files. Row ``i`` of both searches is ``passages[i]``."""

    documents: Mapping[str, Document]
    """By doc_id."""
    passages: tuple[Passage, ...]
    dense: DenseIndex
    sparse: SparseIndex
    sentence_vectors: Vectors
    """One row for each sentence of all passages, in passage order: shape ``(n_sentences, d)``,
    rows of length 1."""
    sparse_sentences: SparseIndex
    """Row ``i`` is that of ``sentence_vectors``."""
    boxes: BoxesById
    """Of the documents with pages."""

    def fits(self, counts: Counts, dimension: int) -> bool:
        """Whether everything has the lengths that were recorded when it was built."""
        n_sentences = sum(len(passage.sentences) for passage in self.passages)
        return (
            counts == Counts(len(self.documents), len(self.passages), n_sentences)
            and len(self.dense) == len(self.sparse) == counts.passages
            and self.sentence_vectors.shape == (counts.sentences, dimension)
            and len(self.sparse_sentences) == counts.sentences
        )


class Retriever:
    """A loaded index. Made by ``load_build``. Safe to share between threads if its encoder is.

    Args:
        encoder: the one that the index was built with.
        stored: the contents of the index's files.
        engine: what finds its passages; its own two indexes if None.

    """

    def __init__(self, encoder: Encoder, stored: StoredIndex, engine: Engine | None = None) -> None:
        self.encoder = encoder
        self.documents = dict(stored.documents)
        """By doc_id."""
        self.boxes = stored.boxes
        """Where the characters of the documents with pages stand, by doc_id."""
        self.passages = stored.passages
        self.sentences = sentences_of(self.passages)
        """The sentences of all passages, in passage order."""
        self.sentence_vectors = stored.sentence_vectors
        """One row for each of ``sentences``: shape ``(n_sentences, d)``, rows of length 1."""
        self._dense = stored.dense
        self._engine = engine or LocalEngine(stored.dense, stored.sparse, self._rows_of)
        self._sparse_sentences = stored.sparse_sentences
        counts = [len(passage.sentences) for passage in self.passages]
        self._passage_of = np.repeat(np.arange(len(self.passages)), counts)

    def search(
        self,
        query: str,
        k: int,
        documents: Collection[str] | None = None,
        vector: Vectors | None = None,
    ) -> list[Hit]:
        """Find the passages that match ``query``, or hold a sentence that does.

        Four rankings are merged: passages by meaning, passages by words, and both for the best
        sentence of each passage.

        Args:
            query: any text; blank text finds nothing.
            k: hits to return, at least 1; all passages if there are fewer.
            documents: search only the passages of these doc_ids; all if None.
            vector: the query's vector, shape ``(d,)``, if it is already known.

        Returns:
            Best first. A score is the sum of reciprocal ranks, see ``reciprocal_rank_fusion``.

        Raises:
            IndexMismatchError: if one of ``documents`` is not in the index.

        """
        if not query.strip():
            return []
        queries = embed(self.encoder, [query]) if vector is None else vector[np.newaxis, :]
        rankings = self.rankings(query, queries[0], max(k, CANDIDATES), documents)
        merged = reciprocal_rank_fusion(rankings, rrf_k=DAMPING)[:k]
        return [
            Hit(self.passages[row], rank, score)
            for rank, (row, score) in enumerate(merged, start=1)
        ]

    def rankings(
        self, query: str, vector: Vectors, depth: int, documents: Collection[str] | None = None
    ) -> tuple[list[int], ...]:
        """Return the rankings that ``search`` merges, each with rows of passages, best first.

        Passages by meaning, passages by words, and both for the best sentence of a passage.

        Args:
            query: any text.
            vector: of the query, shape ``(d,)``.
            depth: passages, or sentences, to take from each.
            documents: as for ``search``.

        """
        rows = None if documents is None else self._rows_of(documents)
        tokens = tokenize(query)
        by_meaning = self._engine.dense(vector, depth, documents)
        by_words = self._engine.words(tokens, depth, documents)
        _, sentences = self._sparse_sentences.search(tokens, depth, documents)
        return (
            by_meaning.tolist(),
            by_words.tolist(),
            self._by_sentence(self._nearest_sentences(vector, depth, rows)),
            self._by_sentence(sentences),
        )

    def cosines(self, vector: Vectors, passages: Rows) -> dict[int, float]:
        """Return how near some passages are to a query, by their rows.

        Args:
            vector: of the query, shape ``(d,)``.
            passages: their rows, without repeats.

        """
        scores, rows = self._dense.search(vector[np.newaxis, :], max(1, len(passages)), passages)
        return dict(zip(rows[0].tolist(), scores[0].tolist(), strict=True))

    def _nearest_sentences(self, vector: Vectors, n: int, passages: Rows | None) -> Rows:
        scores = self.sentence_vectors @ vector
        if passages is not None:
            scores[~np.isin(self._passage_of, passages)] = -np.inf
        rows = np.argsort(-scores, kind="stable")[:n]
        return np.asarray(rows[np.isfinite(scores[rows])])

    def _by_sentence(self, sentences: Rows) -> list[int]:
        """Return the passages of ranked sentences, each at the rank of its best sentence."""
        return list(dict.fromkeys(self._passage_of[sentences].tolist()))

    def _rows_of(self, documents: Collection[str]) -> Rows:
        wanted = set(documents)
        unknown = sorted(wanted - self.documents.keys())
        if unknown:
            raise IndexMismatchError(
                f"the index has no document {unknown[0]!r}. Run `quotewell build`."
            )
        inside = [row for row, p in enumerate(self.passages) if p.doc_id in wanted]
        return np.array(inside, dtype=np.int64)


def sentences_of(passages: Iterable[Passage]) -> tuple[Sentence, ...]:
    """Return the sentences of all passages, in passage order."""
    return tuple(sentence for passage in passages for sentence in passage.sentences)
