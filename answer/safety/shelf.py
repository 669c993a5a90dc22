"""The quotable units of a library in reading order, with their places and neighbours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
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
MOST_DOCUMENTS, MOST_PLACES = 64, 20_000
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
    firsts: Sequence[Sentence]
    """The first sentence of each unit."""
    rows: Sequence[int]
    """The number of each of them among the document's sentences."""
    starts: Mapping[int, int]
    """The number of each unit, by its start in the text."""
    sections: Mapping[Hashable, range]
    paragraphs: Mapping[Hashable, range]


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
        leaf = self._leaf(unit.doc_id)
        return leaf.base + leaf.starts[unit.span.start]

    def at(self, doc_id: str, start: int) -> int | None:
        """Return the position of the unit that starts at an offset, or None if none does."""
        leaf = self._leaf(doc_id)
        return leaf.base + leaf.starts[start] if start in leaf.starts else None

    def doc_id(self, at: int) -> str:
        """Return the document of the unit at a position."""
        return self._library.doc_id_of(at >> UNIT_BITS)

    def section(self, at: int) -> range:
        """Return the positions of all units in the same section."""
        leaf, first = self._first(at)
        return _moved(leaf.sections[first.section], leaf.base)

    def paragraph(self, at: int) -> range:
        """Return the positions of all units in the same paragraph, list or caption."""
        leaf, first = self._first(at)
        return _moved(leaf.paragraphs[first.section, first.paragraph], leaf.base)

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
                leaf = self._leaf(doc_id)
                number = bisect_left(leaf.rows, row - leaf.row)
                if leaf.rows[number : number + 1] == [row - leaf.row]:
                    yield leaf.base + number

    def _row(self, at: int) -> int:
        leaf, _ = self._first(at)
        return leaf.row + leaf.rows[at - leaf.base]

    def _first(self, at: int) -> tuple[_Leaf, Sentence]:
        leaf = self._leaf(self.doc_id(at))
        return leaf, leaf.firsts[at - leaf.base]

    def _place(self, at: int) -> Place:
        """Return the unit at a position."""
        leaf, first = self._first(at)
        unit = leaf.units[at - leaf.base]
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
        pairs = list(firsts_of(sentences))
        units, firsts = [unit for unit, _ in pairs], [first for _, first in pairs]
        number = {sentence.span: n for n, sentence in enumerate(sentences)}
        return _Leaf(
            base=passage << UNIT_BITS,
            row=self._library.sentences_of(passage).start,
            units=units,
            firsts=firsts,
            rows=[number[first.span] for first in firsts],
            starts={unit.span.start: n for n, unit in enumerate(units)},
            sections=_ranges(first.section for first in firsts),
            paragraphs=_ranges((first.section, first.paragraph) for first in firsts),
        )


def _moved(numbers: range, by: int) -> range:
    return range(numbers.start + by, numbers.stop + by)


def _ranges(keys: Iterable[Hashable]) -> dict[Hashable, range]:
    """Return the positions of equal keys, which stand together."""
    ranges: dict[Hashable, range] = {}
    for at, key in enumerate(keys):
        start = ranges[key].start if key in ranges else at
        ranges[key] = range(start, at + 1)
    return ranges
