"""A segment: documents with their passages and vectors, in files that are never changed.

A build holds a few segments, and shares those that it takes over from the build before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from index.encoder import Vectors
from index.hits import Rows
from index.manifest import wrong
from index.parts.part import Part
from index.segments.entries import Entries, Entry, entries_from_bytes
from index.segments.records import Records
from ingest.boxes import Boxes, boxes_from_bytes
from ingest.document import Document, Passage
from ingest.errors import IngestError
from ingest.store import document_from_line, passage_from_line

ENTRIES, DOCUMENTS, PASSAGES = "entries.npz", "documents.jsonl", "passages.jsonl"
BOXES, DIGESTS = "boxes.bin", "texts.blake2"
DENSE = "dense"
"""The folder of the vectors of its passages (``index.parts.part``)."""
RECORDS = (DOCUMENTS, PASSAGES, BOXES)
"""The files with a record for each document: itself; its passages, a line each; its boxes."""
FILES = frozenset({ENTRIES, *RECORDS, DIGESTS, DENSE})
DIGEST_BYTES = 16
"""Of a text that was embedded."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document as it is in an index: its passages in order, and what was embedded of them."""

    document: Document
    """With its boxes, if it has pages."""
    passages: tuple[Passage, ...]
    vectors: Vectors
    """Of its passages: shape ``(entry.rows, d)``, rows of length 1."""
    digests: bytes
    """Of the embedded texts, in the order of the vectors."""
    entry: Entry


class Segment:
    """A segment that was written; its files are read when they are asked for.

    Args:
        folder: its own.
        kept: what is in its file of entries.
        beside: the names of files that later stages have put there.

    Raises:
        DamagedIndexError: if it has other files than a segment, or of other sizes.

    """

    def __init__(self, folder: Path, kept: bytes, beside: AbstractSet[str] = frozenset()) -> None:
        self.folder = folder
        there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        if strange := sorted(there ^ (FILES | beside)):
            raise wrong(folder / strange[0], "is missing or does not belong there")
        self.entries: Entries = entries_from_bytes(folder / ENTRIES, kept)
        try:
            self._records = {
                name: Records(folder / name, *self.entries.records(name)) for name in RECORDS
            }
        except (ValueError, KeyError) as error:
            raise wrong(folder / ENTRIES, f"cannot be read ({error})") from error
        if (folder / DIGESTS).stat().st_size != int(self.first_row[-1]) * DIGEST_BYTES:
            raise wrong(folder / DIGESTS, "does not hold the digests of its segment")

    @property
    def name(self) -> str:
        """What a build calls it."""
        return self.folder.name

    def record(self, name: str, position: int) -> bytes:
        """Return the record of a document in one of the files ``RECORDS``.

        Raises:
            DamagedIndexError: if it is not as it was written.

        """
        return self._records[name].read(position)

    def document(self, position: int) -> Document:
        """Return a document without its boxes.

        Raises:
            DamagedIndexError: if its record is not as it was written, or is no document.

        """
        record = self.record(DOCUMENTS, position)
        try:
            return document_from_line(record)
        except IngestError as error:
            raise wrong(self.folder / DOCUMENTS, f"is not one of documents ({error})") from error

    def shelved(self, wanted: AbstractSet[str], dimension: int) -> Iterator[Shelved]:
        """Yield its documents with these ids.

        Raises:
            DamagedIndexError: if its files do not fit together.

        """
        part, digests = self.part(dimension), self.digests()
        starts = self.first_row
        for position, entry in enumerate(self.entries):
            if entry.doc_id in wanted:
                lines = self.record(PASSAGES, position).splitlines()
                passages = tuple(self.passage(line, entry.doc_id) for line in lines)
                document = replace(self.document(position), boxes=self.boxes(position))
                if not fits(entry, document, passages):
                    raise wrong(self.folder, "holds files that do not fit together")
                rows = slice(*starts[position : position + 2])
                vectors, of_texts = part.read(rows), b"".join(digests[rows])
                yield Shelved(document, passages, vectors, of_texts, entry)

    def passage(self, line: bytes, doc_id: str) -> Passage:
        """Return the passage of a line of the record of a document's passages.

        Raises:
            DamagedIndexError: if it is no passage.

        """
        try:
            return passage_from_line(line, doc_id)
        except IngestError as error:
            raise wrong(self.folder / PASSAGES, f"is not one of passages ({error})") from error

    def boxes(self, position: int) -> Boxes | None:
        """Return the boxes of a document, or None if it has no pages.

        Raises:
            DamagedIndexError: if its record is not as it was written, or is no boxes.

        """
        record = self.record(BOXES, position)
        try:
            return boxes_from_bytes(record) if record else None
        except IngestError as error:
            raise wrong(self.folder / BOXES, f"is not one of boxes ({error})") from error

    @property
    def first_row(self) -> Rows:
        """The first row of the vectors of each document, then the number of all: ``(n + 1,)``."""
        return self.entries.first_passage

    def part(self, dimension: int) -> Part:
        """Return all its vectors, in the order of the entries.

        Raises:
            DamagedIndexError: if they are not those of its passages.

        """
        part = Part(self.folder / DENSE, dimension)
        if len(part) != int(self.first_row[-1]):
            raise wrong(part.folder, "does not hold the vectors of its segment")
        return part

    def digests(self) -> list[bytes]:
        """Return the digests of all embedded texts, in the order of the vectors."""
        found = (self.folder / DIGESTS).read_bytes()
        return [found[at : at + DIGEST_BYTES] for at in range(0, len(found), DIGEST_BYTES)]


def fits(entry: Entry, document: Document, passages: Sequence[Passage]) -> bool:
    """Whether a document and its passages are those that were noted."""
    return (
        (document.doc_id, document.sha256) == (entry.doc_id, entry.sha256)
        and len(passages) == entry.passages
        and sum(len(passage.sentences) for passage in passages) == entry.sentences
    )
