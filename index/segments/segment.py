"""A segment: documents with their passages and vectors, in files that are never changed.

A build holds a few segments, and shares those that it takes over from the build before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import accumulate, islice
from pathlib import Path
from types import TracebackType

import numpy as np

from index.encoder import Vectors
from index.errors import IndexMismatchError
from index.manifest import wrong
from index.segments.beside import Beside
from index.segments.entries import Entry, read_entries, write_entries
from index.store import writing
from ingest.boxes import Boxes, write_boxes
from ingest.document import Document, Passage
from ingest.store import (
    document_from_line,
    document_to_json,
    passage_from_line,
    passage_to_json,
    read_documents,
    read_passages,
)

ENTRIES, DOCUMENTS, PASSAGES = "entries.json", "documents.jsonl", "passages.jsonl"
BOXES, VECTORS, DIGESTS = "boxes.bin", "vectors.f32", "texts.blake2"
FILES = frozenset({ENTRIES, DOCUMENTS, PASSAGES, BOXES, VECTORS, DIGESTS})
BESIDE = ".sqlite"
"""How the names of files that later stages keep beside them end (``index.segments.beside``)."""
DIGEST_BYTES = 16
"""Of a text that was embedded."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document as it is in an index: its passages in order, and what was embedded of them."""

    document: Document
    passages: tuple[Passage, ...]
    vectors: Vectors
    """Of its passages, then of their sentences: shape ``(entry.rows, d)``, rows of length 1."""
    digests: bytes
    """Of the embedded texts, in the order of the vectors."""
    entry: Entry


class SegmentWriter:
    """Writes a segment into a new folder, document by document; ``with`` completes it.

    Args:
        folder: its own.
        beside: what later stages keep of its documents.

    Raises:
        UnwritableIndexError: from every call, if a file cannot be written.

    """

    def __init__(self, folder: Path, beside: Sequence[Beside] = ()) -> None:
        self.folder = folder
        self.entries: list[Entry] = []
        self._boxes: dict[str, Boxes] = {}
        self._stack = ExitStack()
        with writing(folder):
            folder.mkdir(parents=True)
            opened = [(folder / name).open("wb") for name in (DOCUMENTS, PASSAGES)]
            self._documents, self._passages = map(self._stack.enter_context, opened)
            opened = [(folder / name).open("wb") for name in (VECTORS, DIGESTS)]
            self._vectors, self._digests = map(self._stack.enter_context, opened)
            self._beside = [one.writer(folder) for one in beside]
        for one in self._beside:
            self._stack.callback(one.close)

    def add(self, shelved: Shelved) -> None:
        """Append a document.

        Raises:
            IndexMismatchError: if the passages are not slices of the document.

        """
        document, passages = shelved.document, shelved.passages
        line = json.dumps(document_to_json(document), ensure_ascii=False)
        lines = [json.dumps(passage_to_json(passage)) for passage in passages]
        _check_reads_back(document, passages, line, lines)
        with writing(self.folder / DOCUMENTS):
            self._documents.write(f"{line}\n".encode())
            self._passages.write("".join(f"{one}\n" for one in lines).encode())
            self._vectors.write(np.ascontiguousarray(shelved.vectors, dtype="<f4").tobytes())
            self._digests.write(shelved.digests)
            for one in self._beside:
                one.add(shelved)
        self.entries.append(shelved.entry)
        if document.boxes:
            self._boxes[document.doc_id] = document.boxes

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with writing(self.folder / VECTORS):
            self._stack.close()
        if kind is None:
            with writing(self.folder / BOXES):
                write_boxes(self.folder / BOXES, self._boxes)
            with writing(self.folder / ENTRIES):
                write_entries(self.folder / ENTRIES, self.entries)


class Segment:
    """A segment that was written; its files are read when they are asked for.

    Args:
        folder: its own.

    Raises:
        DamagedIndexError: if it has other files than a segment.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
        beside = {name for name in there - FILES if name.endswith(BESIDE)}
        if strange := sorted((there - beside) ^ FILES):
            raise wrong(folder / strange[0], "is missing or does not belong there")
        self.entries = read_entries(folder / ENTRIES)

    @property
    def name(self) -> str:
        """What a build calls it."""
        return self.folder.name

    def documents(self, wanted: AbstractSet[str]) -> dict[str, Document]:
        """Return its documents with these ids."""
        return read_documents(self.folder / DOCUMENTS, self._chosen(wanted))

    def shelved(self, wanted: AbstractSet[str], dimension: int) -> Iterator[Shelved]:
        """Yield its documents with these ids, without their boxes.

        Raises:
            DamagedIndexError: if its files do not fit together.

        """
        vectors, digests = self.vectors(dimension), self.digests()
        chosen = self._chosen(wanted)
        documents = read_documents(self.folder / DOCUMENTS, chosen)
        ends = [*accumulate(entry.passages for entry in self.entries)]
        lines = [
            line for n in chosen for line in range(ends[n] - self.entries[n].passages, ends[n])
        ]
        passages = iter(read_passages(self.folder / PASSAGES, documents, lines))
        starts = [0, *accumulate(entry.rows for entry in self.entries)]
        lengths = {DOCUMENTS: len(self.entries), PASSAGES: sum(e.passages for e in self.entries)}
        for name, length in lengths.items():
            if (self.folder / name).read_bytes().count(b"\n") != length:
                raise wrong(self.folder / name, "does not fit its segment")
        for n, document in zip(chosen, documents.values(), strict=True):
            entry = self.entries[n]
            own = tuple(islice(passages, entry.passages))
            if not _fits(entry, document, own):
                raise wrong(self.folder, "holds files that do not fit together")
            rows = slice(starts[n], starts[n] + entry.rows)
            yield Shelved(document, own, vectors[rows], b"".join(digests[rows]), entry)

    def vectors(self, dimension: int) -> Vectors:
        """Return all vectors, shape ``(n, d)``, in the order of the entries; the file is mapped."""
        path = self.folder / VECTORS
        if path.stat().st_size != self._n_rows * dimension * np.dtype("<f4").itemsize:
            raise wrong(path, "does not hold the vectors of its segment")
        if not self._n_rows:
            return np.zeros((0, dimension), dtype=np.float32)
        mapped = np.memmap(path, dtype="<f4", mode="r", shape=(self._n_rows, dimension))
        return np.asarray(mapped, dtype=np.float32)

    def digests(self) -> list[bytes]:
        """Return the digests of all embedded texts, in the order of the vectors."""
        found = (self.folder / DIGESTS).read_bytes()
        if len(found) != self._n_rows * DIGEST_BYTES:
            raise wrong(self.folder / DIGESTS, "does not hold the digests of its segment")
        return [found[at : at + DIGEST_BYTES] for at in range(0, len(found), DIGEST_BYTES)]

    def _chosen(self, wanted: AbstractSet[str]) -> list[int]:
        return [number for number, entry in enumerate(self.entries) if entry.doc_id in wanted]

    @property
    def _n_rows(self) -> int:
        return sum(entry.rows for entry in self.entries)


def _fits(entry: Entry, document: Document, passages: Sequence[Passage]) -> bool:
    return (
        (document.doc_id, document.sha256) == (entry.doc_id, entry.sha256)
        and len(passages) == entry.passages
        and sum(len(passage.sentences) for passage in passages) == entry.sentences
        and all(passage.doc_id == entry.doc_id for passage in passages)
    )


def _check_reads_back(
    document: Document, passages: tuple[Passage, ...], line: str, lines: Sequence[str]
) -> None:
    """Refuse a document and passages that do not read back unchanged."""
    stored = document_from_line(line)
    if stored != document or tuple(passage_from_line(one, stored) for one in lines) != passages:
        raise IndexMismatchError(
            "the passages to index are not those of the documents given. "
            "Ingest both again, then run `quotewell build`."
        )
