"""Documents, passages and sentences of a build as collections, each read when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar, overload

from index.segments.recent import Recent
from index.segments.shelves import Shelves
from ingest.boxes import Boxes
from ingest.document import Document, Passage, Sentence

T = TypeVar("T")

DOCUMENTS_KEPT = 4_000_000
"""Characters of the documents that are kept in memory, their files included: some thirty articles,
in about 60 MB."""
PASSAGES_KEPT = 1_000_000
"""Characters of the passages that are kept in memory: those of some hundred questions."""


class Documents(Mapping[str, Document]):
    """The documents of a build by id, in the order of the corpus."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._recent = Recent(
            shelves.read_document, lambda one: len(one.text) + len(one.source), DOCUMENTS_KEPT
        )

    def __getitem__(self, doc_id: str) -> Document:
        return self._recent.get(self._shelves.numbers[doc_id])

    def __contains__(self, doc_id: object) -> bool:
        return doc_id in self._shelves.numbers

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelves.doc_ids)

    def __len__(self) -> int:
        return len(self._shelves.doc_ids)


class _Rows(Sequence[T]):
    """Things by row, read when they are asked for; a slice is a tuple of them."""

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        if isinstance(at, slice):
            return tuple(self._at(row) for row in range(*at.indices(len(self))))
        row = at + len(self) if at < 0 else at
        if not 0 <= row < len(self):
            raise IndexError(f"there is no row {at} among {len(self)}")
        return self._at(row)

    def _at(self, row: int) -> T:
        raise NotImplementedError


class Passages(_Rows[Passage]):
    """The passages of a build by row: document after document, in the order of the corpus."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._recent = Recent(shelves.read_passage, lambda one: len(one.text), PASSAGES_KEPT)

    def __len__(self) -> int:
        return int(self._shelves.first_passage[-1])

    def _at(self, row: int) -> Passage:
        return self._recent.get(int(row))


class Sentences(_Rows[Sentence]):
    """The sentences of all passages of a build by row, in passage order."""

    def __init__(self, shelves: Shelves, passages: Passages) -> None:
        self._shelves, self._passages = shelves, passages

    def __len__(self) -> int:
        return int(self._shelves.first_sentence[-1])

    def __iter__(self) -> Iterator[Sentence]:
        for passage in self._passages:
            yield from passage.sentences

    def _at(self, row: int) -> Sentence:
        passage = self._shelves.passage_at(row)
        held = self._passages[passage].sentences
        return held[row - int(self._shelves.first_sentence[passage])]


class StoredBoxes:
    """Where the characters of the documents of a build stand, by their ids."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def get(self, doc_id: str, /) -> Boxes | None:
        """Return the boxes of one document, or None if it has no pages.

        Raises:
            DamagedIndexError: if its record is not as it was written.

        """
        if doc_id not in self._shelves.numbers:
            return None
        segment, position = self._shelves.place(self._shelves.numbers[doc_id])
        return segment.boxes(position)
