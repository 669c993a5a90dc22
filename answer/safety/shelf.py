"""The quotable units of a library in reading order, with their places and neighbours."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Protocol

from index.encoder import Vectors
from ingest.document import Document, SentenceKind, Span
from ingest.units import Unit, firsts_of

UNIT_BITS = 24
"""Of a position: the number of the unit in its document. The bits before them are the row of the
document's first passage."""
MOST_DOCUMENTS, MOST_PLACES = 256, 20_000
"""Of which the units are remembered."""


class Library(Protocol):
    """What is quoted from: ``index.retriever.Retriever`` is one."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By doc_id."""

    def doc_id_of(self, passage: int) -> str:
        """Return the document of a passage."""

    def passages_of(self, doc_id: str) -> range:
        """Return the rows of a document's passages."""

    def sentences_of(self, passage: int) -> range:
        """Return the rows of a passage's sentences."""

    def passage_of(self, sentence: int) -> int:
        """Return the row of a sentence's passage."""

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


@dataclass(frozen=True, slots=True)
class _Leaf:
    """The units of one document; a position less ``base`` is a unit's number.

    They are kept as numbers, which the collector of garbage does not look through one by one.
    """

    base: int
    row: int
    """Of its first sentence in the library."""
    starts: Sequence[int]
    ends: Sequence[int]
    """The spans of the units, in order."""
    rows: Sequence[int]
    """The number of the first sentence of each, among the document's."""
    sections: Sequence[int]
    paragraphs: Sequence[int]
    """Of these sentences."""

    def at(self, start: int) -> int | None:
        """Return the position of the unit that starts at an offset, or None if none does."""
        number = bisect_left(self.starts, start)
        is_one = number < len(self.starts) and self.starts[number] == start
        return self.base + number if is_one else None

    def span(self, at: int) -> Span:
        """Return the span of the unit at a position."""
        return Span(self.starts[at - self.base], self.ends[at - self.base])

    def alike(self, at: int, *columns: Sequence[int]) -> range:
        """Return the positions around one whose first sentences have the same numbers there."""
        number = start = stop = at - self.base

        def is_alike(other: int) -> bool:
            return all(column[other] == column[number] for column in columns)

        while start > 0 and is_alike(start - 1):
            start -= 1
        while stop < len(self.starts) and is_alike(stop):
            stop += 1
        return range(self.base + start, self.base + stop)


class Shelf:
    """The units of a library; a position grows in reading order, by one within a document.

    The units of a document are worked out when one of them is asked for.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._leaf = lru_cache(MOST_DOCUMENTS)(self._leaf_of)
        self.place = lru_cache(MOST_PLACES)(self._place)

    def position(self, unit: Unit) -> int:
        """Return the position of a unit, or of the first of several in a row."""
        at = self._leaf(unit.doc_id).at(unit.span.start)
        if at is None:
            raise KeyError(unit)
        return at

    def at(self, doc_id: str, start: int) -> int | None:
        """Return the position of the unit that starts at an offset, or None if none does."""
        return self._leaf(doc_id).at(start)

    def doc_id(self, at: int) -> str:
        """Return the document of the unit at a position."""
        return self._library.doc_id_of(at >> UNIT_BITS)

    def section(self, at: int) -> range:
        """Return the positions of all units in the same section."""
        leaf = self._leaf(self.doc_id(at))
        return leaf.alike(at, leaf.sections)

    def paragraph(self, at: int) -> range:
        """Return the positions of all units in the same paragraph, list or caption."""
        leaf = self._leaf(self.doc_id(at))
        return leaf.alike(at, leaf.sections, leaf.paragraphs)

    def document(self, doc_id: str) -> range:
        """Return the positions of all units of a document."""
        leaf = self._leaf(doc_id)
        return range(leaf.base, leaf.base + len(leaf.starts))

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
        return [*islice((at for row in passages for at in self._beginning_in(row)), n)]

    def vector_of(self, at: int) -> Vectors:
        """Return the vector of the passage that a unit begins in, shape ``(d,)``."""
        return self._library.vector_of(self._passage(at))

    def closeness(self, vector: Vectors, positions: Collection[int]) -> dict[int, float]:
        """Return, by position, the cosine of the passage that a unit begins in with a vector."""
        passages = {at: self._passage(at) for at in positions}
        cosines = self._library.cosines(vector, {*passages.values()})
        return {at: cosines[passage] for at, passage in passages.items()}

    def _beginning_in(self, passage: int) -> range:
        """Return the positions of the units that begin in a passage, by its row."""
        leaf = self._leaf(self._library.doc_id_of(passage))
        rows = self._library.sentences_of(passage)
        first, last = (bisect_left(leaf.rows, row - leaf.row) for row in (rows.start, rows.stop))
        return range(leaf.base + first, leaf.base + last)

    def _passage(self, at: int) -> int:
        return self._library.passage_of(self._row(at))

    def _row(self, at: int) -> int:
        leaf = self._leaf(self.doc_id(at))
        return leaf.row + leaf.rows[at - leaf.base]

    def _place(self, at: int) -> Place:
        """Return the unit at a position."""
        doc_id = self.doc_id(at)
        document, leaf = self._library.documents[doc_id], self._leaf(doc_id)
        unit, first = Unit(doc_id, leaf.span(at)), document.sentences[leaf.rows[at - leaf.base]]
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

    def _leaf_of(self, doc_id: str) -> _Leaf:
        passage = self._library.passages_of(doc_id).start
        sentences = self._library.documents[doc_id].sentences
        found = list(firsts_of(sentences))
        firsts = [sentences[number] for number, _ in found]
        return _Leaf(
            base=passage << UNIT_BITS,
            row=self._library.sentences_of(passage).start,
            starts=array("q", [unit.span.start for _, unit in found]),
            ends=array("q", [unit.span.end for _, unit in found]),
            rows=array("q", [number for number, _ in found]),
            sections=array("q", [first.section for first in firsts]),
            paragraphs=array("q", [first.paragraph for first in firsts]),
        )
