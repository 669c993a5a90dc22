"""Write the files of a build: what is new, and what is taken over from the build in use."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from index.encoder import Vectors
from index.errors import EmptyCorpusError
from index.manifest import Counts
from index.segments.beside import Beside
from index.segments.carrying import (
    ORDER,
    SEGMENTS,
    SPARSE,
    SPARSE_SENTENCES,
    STALE,
    OldBuild,
    merged,
)
from index.segments.entries import Entry, Order, order_to_bytes
from index.segments.segment import DENSE, DIGESTS, ENTRIES, Segment, Shelved
from index.segments.words import Words
from index.segments.writing import SegmentWriter
from index.store import writing
from index.texts import index_text
from ingest.document import Document, Passage
from ingest.drafting.reading import reading_version
from ingest.repair.doubtful import DOUBTFUL
from ingest.units import units_of


@dataclass(frozen=True, slots=True)
class Written:
    """What ``write_index`` wrote."""

    counts: Counts
    carried: Mapping[str, str]
    """The digests of the files that were linked, for ``index.store.publish``."""
    meant: Mapping[str, str]
    """Those of files that say what belongs to the build: of what was meant to be written, so that
    nobody can change it before it is sealed."""
    entries: Mapping[str, Entry]
    """The documents of the build by id, in the order of the corpus."""


def shelve(
    document: Document,
    passages: Sequence[Passage],
    embedded: tuple[Vectors, bytes],
    suffix: str = "",
) -> Shelved:
    """Return a document as it is written into an index.

    Args:
        document: all of it.
        passages: its own, in order.
        embedded: of its ``texts_to_embed``, as ``KnownVectors.embed`` returns it.
        suffix: of its file's name, in lower case.

    """
    n_sentences = sum(len(passage.sentences) for passage in passages)
    entry = Entry(
        doc_id=document.doc_id,
        number=0,
        sha256=document.sha256,
        suffix=suffix,
        reading=reading_version(),
        passages=len(passages),
        sentences=n_sentences,
        units=len(set(units_of([s for passage in passages for s in passage.sentences]))),
        dropped=len(document.dropped),
        joined=len(document.seams),
        doubtful=sum(dropped.reason == DOUBTFUL for dropped in document.dropped),
    )
    return Shelved(document, tuple(passages), *embedded, entry)


def texts_to_embed(passages: Iterable[Passage]) -> tuple[str, ...]:
    """Return the text that represents each passage."""
    return tuple(map(index_text, passages))


def write_index(
    build: Path,
    order: Sequence[str],
    new: Iterable[Shelved],
    old: OldBuild | None = None,
    taken: AbstractSet[str] = frozenset(),
    *,
    beside: Sequence[Beside] = (),
) -> Written:
    """Write what is searched into the folder of a build (``index.store.new_build``).

    Args:
        build: new and empty.
        order: the ids of all documents of the build, in the order of the corpus.
        new: those of them that are not taken over, one after another.
        old: the build that others are taken over from.
        taken: the ids of those.
        beside: what later stages keep of the documents of each segment.

    Raises:
        DamagedIndexError: if a document that is taken over and written again was altered.
        EmptyCorpusError: if there are no passages.
        IndexMismatchError: if the passages are not slices of the documents.
        UnwritableIndexError: if a file cannot be written.

    """
    written = _Build(build, old, taken, beside)
    written.write(new)
    entries = {doc_id: written.entries[doc_id] for doc_id in order}
    counts = Counts(
        documents=len(entries),
        passages=sum(entry.passages for entry in entries.values()),
        sentences=sum(entry.sentences for entry in entries.values()),
    )
    if not counts.passages:
        raise EmptyCorpusError("there are no passages to index. Add files to the corpus first.")
    places = tuple((doc_id, written.places[doc_id]) for doc_id in order)
    kept = order_to_bytes(Order(places, written.removed))
    with writing(build / ORDER):
        (build / ORDER).write_bytes(kept)
    written.meant[ORDER] = hashlib.sha256(kept).hexdigest()
    return Written(counts, written.carried, written.meant, entries)


class _Build:
    """A build while it is written."""

    def __init__(
        self, folder: Path, old: OldBuild | None, taken: AbstractSet[str], beside: Sequence[Beside]
    ) -> None:
        self._folder, self._old, self._beside = folder, old, beside
        self._taken = {d: n for d, n in old.order.documents if d in taken} if old else {}
        """The documents that are taken over, and the names of their segments."""
        self.entries: dict[str, Entry] = {}
        self.places: dict[str, str] = {}
        self.carried: dict[str, str] = {}
        self.meant: dict[str, str] = {}
        self._gone, self.removed = _removed(old, self._taken) if old else ((), 0)
        rows = sum(old.entries[doc_id][0].rows for doc_id in self._taken) if old else 0
        self._has_words = rows > 0 and self.removed <= STALE * rows
        if old and self._has_words:
            self.carried |= old.link(folder, [SPARSE, SPARSE_SENTENCES])
        else:
            self._gone, self.removed = (), 0

    def write(self, new: Iterable[Shelved]) -> None:
        """Write the new documents, and take over the others."""
        with Words(self._folder, self._gone) as words:
            again = self._write_segment(new, words)
            for segment in self._old.segments.values() if self._old else ():
                if segment.name not in again and self._of(segment):
                    self._link(segment, words)

    def _write_segment(self, new: Iterable[Shelved], words: Words) -> set[str]:
        """Write a segment of new documents, and of the segments of which the names are returned."""
        name = f"{max(map(int, self._old.segments if self._old else ()), default=-1) + 1:06}"
        first, again = self._old.next_number if self._old else 0, []
        with SegmentWriter(self._folder / SEGMENTS / name, self._beside) as segment:
            for number, shelved in enumerate(new, start=first):
                numbered = replace(shelved, entry=replace(shelved.entry, number=number))
                segment.add(numbered)
                words.add(numbered)
            if self._old:
                rows = sum(entry.rows for entry in segment.entries)
                again = merged(self._old, self._taken, rows)
            for other in again:
                for shelved in self._shelved(other, words):
                    segment.add(shelved)
        self._note(segment.entries, name)
        if segment.entries:
            self.meant[f"{SEGMENTS}/{name}/{ENTRIES}"] = segment.sha256
        else:
            shutil.rmtree(segment.folder)
        return {other.name for other in again}

    def _link(self, segment: Segment, words: Words) -> None:
        """Take a segment over as it is."""
        assert self._old is not None
        self.carried |= self._old.link(self._folder, [f"{SEGMENTS}/{segment.name}"])
        wanted = self._of(segment)
        self._note([e for e in segment.entries if e.doc_id in wanted], segment.name)
        if not self._has_words:
            for _ in self._shelved(segment, words):
                pass

    def _shelved(self, segment: Segment, words: Words) -> Iterator[Shelved]:
        """Yield the documents of a segment that are taken over; note their words if need be."""
        assert self._old is not None
        dimension = self._old.manifest.origin.dimension
        self._old.compare(segment, [DENSE, DIGESTS])
        for shelved in segment.shelved(self._of(segment), dimension):
            if not self._has_words:
                words.add(shelved)
            yield shelved

    def _of(self, segment: Segment) -> set[str]:
        return {doc_id for doc_id, name in self._taken.items() if name == segment.name}

    def _note(self, entries: Iterable[Entry], name: str) -> None:
        for entry in entries:
            self.entries[entry.doc_id], self.places[entry.doc_id] = entry, name


def _removed(old: OldBuild, taken: Mapping[str, str]) -> tuple[tuple[str, ...], int]:
    """Return the documents of a build that are not taken over, and the rows removed by then."""
    gone = tuple(doc_id for doc_id, _ in old.order.documents if doc_id not in taken)
    return gone, old.order.removed + sum(old.entries[doc_id][0].rows for doc_id in gone)
