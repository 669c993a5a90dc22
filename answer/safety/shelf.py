"""The quotable units of a library in reading order, with their places and neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Protocol

import numpy as np

from index.encoder import Vectors
from index.hits import Rows
from ingest.document import Document, Sentence, SentenceKind
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

    @property
    def sentence_vectors(self) -> Vectors:
        """One row for each sentence of all documents, in reading order."""

    def doc_id_of(self, passage: int) -> str:
        """Return the document of a passage."""

    def passages_of(self, doc_id: str) -> range:
        """Return the rows of a document's passages."""

    def sentences_of(self, passage: int) -> range:
        """Return the rows of a passage's sentences."""

    def passage_of(self, sentence: int) -> int:
        """Return the row of a sentence's passage."""

    def cosines(self, vector: Vectors, passages: Rows) -> dict[int, float]:
        """Return how near some passages are to a vector, by their rows."""


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
    """The units of one document; a position less ``base`` is a unit's number."""

    base: int
    row: int
    """Of its first sentence in the library."""
    units: Sequence[Unit]
    """In order."""
    rows: Sequence[int]
    """The number of the first sentence of each, among the document's."""
    firsts: Sequence[Sentence]
    """These sentences."""

    def at(self, start: int) -> int | None:
        """Return the position of the unit that starts at an offset, or None if none does."""
        number = bisect_left(self.units, start, key=lambda unit: unit.span.start)
        is_one = number < len(self.units) and self.units[number].span.start == start
        return self.base + number if is_one else None

    def beginning_with(self, row: int) -> int | None:
        """Return the position of the unit that begins with the sentence in a row, if one does."""
        number = bisect_left(self.rows, row - self.row)
        is_one = number < len(self.rows) and self.rows[number] == row - self.row
        return self.base + number if is_one else None

    def alike(self, at: int, is_alike: Callable[[Sentence, Sentence], bool]) -> range:
        """Return the positions around one whose first sentences are like its own."""
        start = stop = at - self.base
        first = self.firsts[start]
        while start > 0 and is_alike(self.firsts[start - 1], first):
            start -= 1
        while stop < len(self.firsts) and is_alike(self.firsts[stop], first):
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
        return self._leaf(self.doc_id(at)).alike(at, _share_section)

    def paragraph(self, at: int) -> range:
        """Return the positions of all units in the same paragraph, list or caption."""
        return self._leaf(self.doc_id(at)).alike(at, _share_paragraph)

    def document(self, doc_id: str) -> range:
        """Return the positions of all units of a document."""
        leaf = self._leaf(doc_id)
        return range(leaf.base, leaf.base + len(leaf.units))

    def closeness(self, vector: Vectors, positions: Iterable[int]) -> dict[int, float]:
        """Return the cosine of each unit's first sentence with a vector."""
        vectors = self._library.sentence_vectors
        return {at: float(vectors[self._row(at)] @ vector) for at in positions}

    def nearest(self, vector: Vectors, most: int, documents: Collection[str] = ()) -> list[int]:
        """Return the positions of the units that are nearest to a vector, the nearest first.

        Args:
            vector: shape ``(d,)``.
            most: how many.
            documents: of these doc_ids only; of all if empty.

        """
        scores = self._library.sentence_vectors @ vector
        return list(islice(self._units(np.argsort(-scores, kind="stable"), documents), most))

    def nearest_to(self, at: int, most: int, documents: Collection[str] = ()) -> list[int]:
        """Return the same for the first sentence of a unit."""
        return self.nearest(self._library.sentence_vectors[self._row(at)], most, documents)

    def _units(self, rows: Rows, documents: Collection[str]) -> Iterator[int]:
        """Yield the positions of the units that begin with the sentences in some rows."""
        for row in rows.tolist():
            doc_id = self._library.doc_id_of(self._library.passage_of(row))
            if not documents or doc_id in documents:
                at = self._leaf(doc_id).beginning_with(row)
                if at is not None:
                    yield at

    def _row(self, at: int) -> int:
        leaf = self._leaf(self.doc_id(at))
        return leaf.row + leaf.rows[at - leaf.base]

    def _place(self, at: int) -> Place:
        """Return the unit at a position."""
        leaf = self._leaf(self.doc_id(at))
        unit, first = leaf.units[at - leaf.base], leaf.firsts[at - leaf.base]
        document = self._library.documents[unit.doc_id]
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
        return _Leaf(
            base=passage << UNIT_BITS,
            row=self._library.sentences_of(passage).start,
            units=[unit for _, unit in found],
            rows=[number for number, _ in found],
            firsts=[sentences[number] for number, _ in found],
        )


def _share_section(one: Sentence, other: Sentence) -> bool:
    return one.section == other.section


def _share_paragraph(one: Sentence, other: Sentence) -> bool:
    return (one.section, one.paragraph) == (other.section, other.paragraph)
