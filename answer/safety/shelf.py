"""The quotable units of a library in reading order, with their places and neighbours."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from index.encoder import Vectors
from ingest.document import Document, Passage, Sentence, SentenceKind
from ingest.units import Unit, units_of


class Library(Protocol):
    """What is quoted from: ``index.retriever.Retriever`` is one."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By doc_id."""

    @property
    def sentences(self) -> Sequence[Sentence]:
        """Of all documents, in reading order."""

    @property
    def passages(self) -> Sequence[Passage]:
        """That the sentences are in, in the same order."""

    def nearest(
        self, vector: Vectors, n: int, documents: Collection[str] | None = None
    ) -> list[int]:
        """Return the rows of the passages nearest to a vector, the nearest first."""

    def cosines(self, vector: Vectors, passages: Collection[int]) -> Mapping[int, float]:
        """Return how near some passages are to a vector, by their rows."""

    def vector_of(self, passage: int) -> Vectors:
        """Return the vector of a passage, by its row: shape ``(d,)``."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and where it stands."""

    at: int
    """Its position in the library."""
    unit: Unit
    text: str
    kind: SentenceKind
    """Of its first sentence."""
    section: int
    """Position of its section in the document's."""
    paragraph: int
    headings: tuple[str, ...]
    """Outermost first, without the document's title."""
    title: str


class Shelf:
    """The units of a library; a position is a unit's number in reading order."""

    def __init__(self, library: Library) -> None:
        self._documents = library.documents
        self._library = library
        firsts: dict[Unit, tuple[int, Sentence]] = {}
        for passage, sentence, unit in zip(
            (row for row, one in enumerate(library.passages) for _ in one.sentences),
            library.sentences,
            units_of(library.sentences),
            strict=True,
        ):
            firsts.setdefault(unit, (passage, sentence))
        self._units = tuple(firsts)
        self._firsts = tuple(sentence for _, sentence in firsts.values())
        self._passage_of = [passage for passage, _ in firsts.values()]
        self._in_passage = _ranges(self._passage_of)
        self.doc_ids = tuple(unit.doc_id for unit in self._units)
        """Of each unit's document."""
        self._at = {(unit.doc_id, unit.span.start): at for at, unit in enumerate(self._units)}
        self._sections = _ranges((s.doc_id, s.section) for s in self._firsts)
        self._paragraphs = _ranges(map(self._paragraph_of, self._firsts))
        self.sections = tuple(self._sections.values())
        """The positions of the units of each section."""
        self._ranges = _ranges(s.doc_id for s in self._firsts)
        self.place = lru_cache(maxsize=20_000)(self._place)

    def __len__(self) -> int:
        return len(self._units)

    def position(self, unit: Unit) -> int:
        """Return the position of a unit, or of the first of several in a row."""
        return self._at[unit.doc_id, unit.span.start]

    def at(self, doc_id: str, start: int) -> int | None:
        """Return the position of the unit that starts at an offset, or None if none does."""
        return self._at.get((doc_id, start))

    def section(self, at: int) -> range:
        """Return the positions of all units in the same section."""
        return self._sections[self._firsts[at].doc_id, self._firsts[at].section]

    def paragraph(self, at: int) -> range:
        """Return the positions of all units in the same paragraph, list or caption."""
        return self._paragraphs[self._paragraph_of(self._firsts[at])]

    def document(self, doc_id: str) -> range:
        """Return the positions of all units of a document."""
        return self._ranges[doc_id]

    def nearest(self, vector: Vectors, n: int, documents: Collection[str]) -> list[int]:
        """Return the positions of the units nearest to a vector, by the passages they begin in.

        Args:
            vector: shape ``(d,)``.
            n: units, at least 1; fewer are returned if fewer begin in the nearest ``n`` passages.
            documents: doc_ids of the units; all if empty.

        Returns:
            Those of the nearest passage first, and of each passage in reading order.

        """
        passages = self._library.nearest(vector, n, documents or None)
        return [at for row in passages for at in self._in_passage.get(row, ())][:n]

    def vector_of(self, at: int) -> Vectors:
        """Return the vector of the passage that a unit begins in, shape ``(d,)``."""
        return self._library.vector_of(self._passage_of[at])

    def closeness(self, vector: Vectors, positions: Collection[int]) -> dict[int, float]:
        """Return, by position, the cosine of the passage that a unit begins in with a vector."""
        cosines = self._library.cosines(vector, {self._passage_of[at] for at in positions})
        return {at: cosines[self._passage_of[at]] for at in positions}

    @staticmethod
    def _paragraph_of(sentence: Sentence) -> Hashable:
        return sentence.doc_id, sentence.section, sentence.paragraph

    def _place(self, at: int) -> Place:
        """Return the unit at a position."""
        unit, first = self._units[at], self._firsts[at]
        document = self._documents[unit.doc_id]
        return Place(
            at=at,
            unit=unit,
            text=document.quote(unit.span),
            kind=first.kind,
            section=first.section,
            paragraph=first.paragraph,
            headings=document.sections[first.section].headings[1:],
            title=document.title,
        )


def _ranges(keys: Iterable[Hashable]) -> dict[Hashable, range]:
    """Return the positions of equal keys, which stand together."""
    ranges: dict[Hashable, range] = {}
    for at, key in enumerate(keys):
        start = ranges[key].start if key in ranges else at
        ranges[key] = range(start, at + 1)
    return ranges
