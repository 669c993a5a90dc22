"""Search a loaded index."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.embedding import embed
from index.encoder import Encoder, Vectors
from index.engines.engine import Engine
from index.engines.local import LocalEngine
from index.errors import IndexMismatchError
from index.fusion import reciprocal_rank_fusion
from index.hits import Hit, Rows
from index.manifest import Counts
from index.parts.search import DenseParts
from index.segments.shelves import Shelves
from index.segments.views import Documents, Passages, Sentences, StoredBoxes
from index.sparse import SparseIndex
from index.tokens import tokenize
from ingest.boxes import Boxes
from ingest.document import Document, Passage, Sentence

CANDIDATES = 100
"""Passages, or sentences, taken from each ranking before they are merged; ``k`` if that is more.
Chosen by hand."""
DAMPING, WEIGHTS = 5, (2, 1, 1)
"""Damping constant of the fusion, see ``reciprocal_rank_fusion``, and how much each of the rankings
counts. Of 1,502 questions about small libraries kept out of training, .824 have a passage with an
answer among the first 6 and .898 among 12 (``python -m training.fusion``); of 1,200 questions in a
library of 10,000 documents, .824 and .886 (``python -m benchmarks.rivals.merging``). Of 294
combinations the best by the sum of these four, 3.431; the next best has 3.427.
"""


class BoxesById(Protocol):
    """Where the characters of documents stand; a mapping is one."""

    def get(self, doc_id: str, /) -> Boxes | None:
        """Return the boxes of one document, or None if it has no pages."""


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """The contents of an index's files. Row ``i`` of both searches is that of a passage."""

    shelves: Shelves
    """Where its documents are, their passages and sentences."""
    dense: DenseParts
    sparse: SparseIndex
    sparse_sentences: SparseIndex
    """One row for each sentence of all passages, in passage order."""

    def fits(self, counts: Counts) -> bool:
        """Whether everything has the lengths that were recorded when it was built."""
        n_passages, n_sentences = len(self.shelves.first_sentence) - 1, len(self.sparse_sentences)
        return (
            counts == Counts(len(self.shelves.doc_ids), n_passages, n_sentences)
            and len(self.dense) == len(self.sparse) == counts.passages
            and int(self.shelves.first_sentence[-1]) == counts.sentences
        )

    def check(self) -> None:
        """Compare the rows of both indexes of words with the documents' own; look at all vectors.

        Raises:
            DamagedIndexError: if they have others, or a vector has not the length 1.

        """
        self.dense.check()
        self.sparse.check()
        self.sparse_sentences.check()


class Retriever:
    """A loaded index. Made by ``load_build``. Safe to share between threads if its encoder is.

    Args:
        encoder: the one that the index was built with.
        stored: the contents of the index's files.
        engine: what finds its passages; its own two indexes if None.

    """

    def __init__(self, encoder: Encoder, stored: StoredIndex, engine: Engine | None = None) -> None:
        self.encoder = encoder
        self.shelves = stored.shelves
        self.documents: Mapping[str, Document] = Documents(stored.shelves)
        """By doc_id, in the order of the corpus; read when asked for, those of late are kept."""
        self.boxes: BoxesById = StoredBoxes(stored.shelves)
        """Where the characters of the documents with pages stand, by doc_id."""
        passages = Passages(stored.shelves)
        self.passages: Sequence[Passage] = passages
        """By row, document after document; read when asked for."""
        self.sentences: Sequence[Sentence] = Sentences(stored.shelves, passages)
        """The sentences of all passages by row, in passage order; read when asked for."""
        self.kept = stored.shelves.kept()
        """What later stages keep beside the segments in use."""
        self._dense = stored.dense
        self._engine = engine or LocalEngine(stored.dense, stored.sparse, self._rows_of)
        self._sparse_sentences = stored.sparse_sentences

    def doc_id_of(self, passage: int) -> str:
        """Return the document of a passage, by its row."""
        return self.shelves.doc_ids[self.shelves.document_at(passage)]

    def passages_of(self, doc_id: str) -> range:
        """Return the rows of the passages of a document.

        Raises:
            KeyError: if the index has no such document.

        """
        return self._between(self.shelves.first_passage, self.shelves.numbers[doc_id])

    def sentences_of(self, passage: int) -> range:
        """Return the rows of the sentences of a passage, by its row."""
        return self._between(self.shelves.first_sentence, passage)

    def passage_of(self, sentence: int) -> int:
        """Return the row of the passage of a sentence, by its row."""
        return self.shelves.passage_at(sentence)

    def passages_at(self, sentences: Rows) -> Rows:
        """Return the rows of the passages of sentences, by their rows."""
        return self.shelves.passages_at(sentences)

    def frequency(self, token: str) -> int:
        """Return how many sentences have a token, removed ones that are still counted included."""
        return self._sparse_sentences.frequency(token)

    @staticmethod
    def _between(first: Rows, number: int) -> range:
        return range(int(first[number]), int(first[number + 1]))

    def search(
        self,
        query: str,
        k: int,
        documents: Collection[str] | None = None,
        vector: Vectors | None = None,
    ) -> list[Hit]:
        """Find the passages that match ``query``, or hold a sentence that does.

        Three rankings are merged: passages by meaning, passages by words, and passages by the
        words of their best sentence.

        Args:
            query: any text; blank text finds nothing.
            k: hits to return, at least 1; all passages if there are fewer.
            documents: search only the passages of these doc_ids; all if None.
            vector: the query's vector, shape ``(d,)``, if it is already known.

        Returns:
            Best first. A score is the weighted sum of reciprocal ranks, see
            ``reciprocal_rank_fusion``.

        Raises:
            IndexMismatchError: if one of ``documents`` is not in the index.

        """
        if not query.strip():
            return []
        queries = embed(self.encoder, [query]) if vector is None else vector[np.newaxis, :]
        rankings = self.rankings(query, queries[0], max(k, CANDIDATES), documents)
        merged = reciprocal_rank_fusion(rankings, rrf_k=DAMPING, weights=WEIGHTS)[:k]
        return [
            Hit(self.passages[row], row, rank, score)
            for rank, (row, score) in enumerate(merged, start=1)
        ]

    def rankings(
        self, query: str, vector: Vectors, depth: int, documents: Collection[str] | None = None
    ) -> tuple[list[int], ...]:
        """Return the rankings that ``search`` merges, each with rows of passages, best first.

        Passages by meaning, passages by words, and passages by the words of their best sentence.

        Args:
            query: any text.
            vector: of the query, shape ``(d,)``.
            depth: passages, or sentences, to take from each.
            documents: as for ``search``.

        """
        tokens = tokenize(query)
        by_meaning = self.nearest(vector, depth, documents)
        by_words = self._engine.words(tokens, depth, documents)
        _, sentences = self._sparse_sentences.search(tokens, depth, documents)
        return (
            by_meaning,
            by_words.tolist(),
            self._by_sentence(sentences),
        )

    def nearest(
        self, vector: Vectors, n: int, documents: Collection[str] | None = None
    ) -> list[int]:
        """Return the rows of the passages nearest in meaning to a query, the nearest first.

        Args:
            vector: of the query, shape ``(d,)``.
            n: passages to return, at least 1; all if there are fewer.
            documents: as for ``search``.

        Raises:
            IndexMismatchError: if one of ``documents`` is not in the index.

        """
        if unknown := [one for one in sorted(documents or ()) if one not in self.documents]:
            raise IndexMismatchError(
                f"the index has no document {unknown[0]!r}. Run `quotewell build`."
            )
        found: list[int] = self._engine.dense(vector, n, documents).tolist()
        return found

    def vector_of(self, passage: int) -> Vectors:
        """Return the vector of a passage, by its row: shape ``(d,)``."""
        return np.asarray(self._dense.vectors(np.array([passage]))[0])

    def cosines(self, vector: Vectors, passages: Collection[int]) -> dict[int, float]:
        """Return how near some passages are to a query, by their rows.

        Args:
            vector: of the query, shape ``(d,)``.
            passages: their rows, without repeats.

        """
        rows = np.array([*passages], dtype=np.int64)
        return dict(zip(passages, self._dense.cosines(vector, rows).tolist(), strict=True))

    def _by_sentence(self, sentences: Rows) -> list[int]:
        """Return the passages of ranked sentences, each at the rank of its best sentence."""
        return list(dict.fromkeys(self.shelves.passages_at(sentences).tolist()))

    def _rows_of(self, documents: Collection[str]) -> Rows:
        rows = [np.arange(0), *(np.array(self.passages_of(doc_id)) for doc_id in set(documents))]
        return np.sort(np.concatenate(rows)).astype(np.int64)
