"""What searches passages: one interface, whatever finds them.

An engine only proposes rows. Its scores never leave it: its two lists are merged by rank
(``index.fusion``), cosines come from our own vectors, and texts from our own files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.encoder import Vectors
from index.hits import Rows


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """What an engine holds of a passage."""

    key: int
    """As in ``Entry.keys``: of no other passage in the builds that share its rows."""
    doc_id: str
    tokens: Sequence[str]
    """Of its ``index_text``, as ``index.tokens.tokenize`` returns them."""
    vector: Vectors
    """Shape ``(d,)``, float32, length 1."""


class Engine(Protocol):
    """Finds passages of one build by meaning and by words. Safe to share between threads.

    Each method raises a ``PassageIndexError`` if it cannot answer: a failure is never an empty
    list.
    """

    def dense(self, vector: Vectors, k: int, documents: Collection[str] | None = None) -> Rows:
        """Find the ``k`` passages most similar to a vector.

        Args:
            vector: shape ``(d,)``, float32, length 1.
            k: passages to return at most, at least 1.
            documents: search only the passages of these doc_ids; all if None. One that the build
                does not have has no passages.

        Returns:
            Rows of passages, best first, ties in any order, without repeats; those of highest
            inner product, or nearly so if the engine's index is approximate.

        """

    def words(
        self, tokens: Iterable[str], k: int, documents: Collection[str] | None = None
    ) -> Rows:
        """Find the ``k`` passages that share the rarest tokens with a query, by BM25.

        Args:
            tokens: of the query; repeats count once.
            k: passages to return at most, at least 1.
            documents: as for ``dense``.

        Returns:
            Rows of passages, best first, ties in any order, without repeats; none that shares no
            token.

        """

    def count(self) -> int:
        """Return how many passages are held."""

    def close(self) -> None:
        """Let go of connections; nothing can be searched afterwards."""
