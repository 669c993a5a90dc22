"""Where the documents of a build are, their passages and sentences: numbers, and no text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from index.hits import Rows
from index.manifest import wrong
from index.parts.part import Part
from index.parts.runs import Runs
from index.segments.beside import Kept
from index.segments.entries import KEY_BITS, Entry, Order
from index.segments.recent import Recent
from index.segments.segment import PASSAGES, Segment
from ingest.document import Document, Passage

RECORDS_KEPT = 8_000_000
"""Bytes of the documents' records of passages that are kept in memory, for the next passage."""


class Shelves:
    """The documents of a build by their numbers, from 0 in the order of the corpus.

    What is held for each document is a number in some arrays, and its id. Threads can share it.

    Args:
        segments: by name.
        order: which documents the build is made of.

    """

    def __init__(self, segments: Mapping[str, Segment], order: Order) -> None:
        self.segments = tuple(segments.values())
        at = {name: number for number, name in enumerate(segments)}
        self.doc_ids = tuple(doc_id for doc_id, _ in order.documents)
        self.numbers = {doc_id: number for number, doc_id in enumerate(self.doc_ids)}
        """The number of each document by its id."""
        self._segment_of = np.array([at[name] for _, name in order.documents], dtype=np.int64)
        self._position = np.array(
            [segments[name].entries.places[doc_id] for doc_id, name in order.documents], np.int64
        )
        self.first_passage = _starts(self.column("passages"))
        """The row of the first passage of each document, then the number of all."""
        self.first_of_document = _starts(self.column("sentences"))
        """The row of the first sentence of each document, then the number of all."""
        self.first_sentence = _starts(self._gathered_counts())
        """The row of the first sentence of each passage, then the number of all."""
        self._records = Recent(self._lines, lambda lines: sum(map(len, lines)), RECORDS_KEPT)

    def column(self, name: str) -> Rows:
        """Return a number that was noted of each document (``index.segments.entries.Entry``)."""
        found = np.zeros(len(self.doc_ids), dtype=np.int64)
        for number, segment in enumerate(self.segments):
            own = self._segment_of == number
            found[own] = segment.entries[name][self._position[own]]
        return found

    def place(self, number: int) -> tuple[Segment, int]:
        """Return the segment of a document, and its position there."""
        return self.segments[self._segment_of[number]], int(self._position[number])

    def entry(self, number: int) -> Entry:
        """Return what was noted of a document."""
        segment, position = self.place(number)
        return segment.entries.entry(position)

    @property
    def n_units(self) -> int:
        """How many units can be quoted in all documents (``ingest.units``)."""
        return int(self.column("units").sum())

    def document_at(self, row: int) -> int:
        """Return the number of the document of a passage."""
        return int(self.first_passage.searchsorted(row, side="right")) - 1

    def passage_at(self, row: int) -> int:
        """Return the row of the passage of a sentence."""
        return int(self.first_sentence.searchsorted(row, side="right")) - 1

    def passages_at(self, rows: Rows) -> Rows:
        """Return the rows of the passages of sentences."""
        return np.searchsorted(self.first_sentence, rows, side="right") - 1

    def kept(self) -> tuple[Kept, ...]:
        """Return what later stages keep beside the segments."""
        return tuple(Kept(segment.folder, self._live(n)) for n, segment in enumerate(self.segments))

    def read_document(self, number: int) -> Document:
        """Return a document.

        Raises:
            DamagedIndexError: if its record is not as it was written.

        """
        segment, position = self.place(number)
        return segment.document(position)

    def read_passage(self, row: int) -> Passage:
        """Return a passage; its document is not read.

        Raises:
            DamagedIndexError: if the record of its document's passages is not as it was written.

        """
        number = self.document_at(row)
        line = self._records.get(number)[row - int(self.first_passage[number])]
        return self.place(number)[0].passage(line, self.doc_ids[number])

    def parts(self, dimension: int) -> Iterator[tuple[Part, Runs]]:
        """Yield the vectors of each segment, and which rows of passages they stand for."""
        counts = self.column("passages")
        for number, segment in enumerate(self.segments):
            own = np.flatnonzero(self._segment_of == number)
            starts = segment.entries.first_passage[self._position[own]]
            yield segment.part(dimension), Runs(starts, self.first_passage[own], counts[own])

    def _live(self, segment: int) -> frozenset[str]:
        return frozenset(self.doc_ids[n] for n in np.flatnonzero(self._segment_of == segment))

    def _lines(self, number: int) -> list[bytes]:
        segment, position = self.place(number)
        lines = segment.record(PASSAGES, position).splitlines()
        if len(lines) != self.first_passage[number + 1] - self.first_passage[number]:
            raise wrong(segment.folder / PASSAGES, "does not hold the passages of its documents")
        return lines

    def _gathered_counts(self) -> Rows:
        """Return the number of sentences of each passage, by row."""
        counts = np.zeros(int(self.first_passage[-1]), dtype=np.int64)
        rows = np.arange(len(counts))
        documents = np.repeat(np.arange(len(self.doc_ids)), np.diff(self.first_passage))
        inside = rows - self.first_passage[documents]
        for number, segment in enumerate(self.segments):
            own = self._segment_of[documents] == number
            first = segment.entries.first_passage[self._position[documents[own]]]
            counts[own] = segment.entries.counts[first + inside[own]]
        return counts


def keys_of(numbers: Rows, first: Rows) -> Runs:
    """Return which rows the keys stand for by which an index of words knows what is in a build.

    Args:
        numbers: of the documents there, in the order of the build (``Entry.number``).
        first: the row of the first passage or sentence of each, then the number of all.

    """
    return Runs(numbers << KEY_BITS, first[:-1], np.diff(first))


def _starts(counts: Rows) -> Rows:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
