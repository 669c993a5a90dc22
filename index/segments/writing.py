"""Write a segment, document by document, with the files that later stages put beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from index.errors import IndexMismatchError
from index.parts.writing import PartWriter
from index.segments.beside import Beside
from index.segments.entries import Entry, entries_to_bytes
from index.segments.records import RecordsWriter
from index.segments.segment import (
    BOXES,
    DENSE,
    DIGESTS,
    DOCUMENTS,
    ENTRIES,
    PASSAGES,
    RECORDS,
    Shelved,
)
from index.store import writing
from ingest.boxes import boxes_to_bytes
from ingest.document import Document, Passage
from ingest.passages import are_cut
from ingest.store import document_from_line, document_to_json, passage_from_line, passage_to_json


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
        self.sha256 = ""
        """Hex digest of the file of entries as it was meant, when all is written."""
        self._sentences: list[int] = []
        self._stack = ExitStack()
        with writing(folder):
            folder.mkdir(parents=True)
            self._files = {
                name: self._stack.enter_context((folder / name).open("wb"))
                for name in (*RECORDS, DIGESTS)
            }
            self._part = self._stack.enter_context(PartWriter(folder / DENSE))
            self._beside = [one.writer(folder) for one in beside]
        for one in self._beside:
            self._stack.callback(one.close)
        self._records = {name: RecordsWriter(self._files[name]) for name in RECORDS}

    def add(self, shelved: Shelved) -> None:
        """Append a document.

        Raises:
            IndexMismatchError: if the passages are not slices of the document.

        """
        document, passages = shelved.document, shelved.passages
        line = json.dumps(document_to_json(document), ensure_ascii=False)
        lines = [json.dumps(passage_to_json(one), ensure_ascii=False) for one in passages]
        _check_reads_back(document, passages, line, lines)
        boxes = boxes_to_bytes(document.boxes) if document.boxes else b""
        with writing(self.folder / DOCUMENTS):
            self._records[DOCUMENTS].add(_encoded([line]))
            self._records[PASSAGES].add(_encoded(lines))
            self._records[BOXES].add(boxes)
            self._part.add(shelved.vectors)
            self._files[DIGESTS].write(shelved.digests)
            for one in self._beside:
                one.add(shelved)
        self.entries.append(shelved.entry)
        self._sentences += [len(passage.sentences) for passage in passages]

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with writing(self.folder):
            self._stack.__exit__(kind, error, trace)
        if kind is None:
            kept = entries_to_bytes(self.entries, self._sentences, self._records)
            self.sha256 = hashlib.sha256(kept).hexdigest()
            with writing(self.folder / ENTRIES):
                (self.folder / ENTRIES).write_bytes(kept)


def _encoded(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _check_reads_back(
    document: Document, passages: tuple[Passage, ...], line: str, lines: Sequence[str]
) -> None:
    """Refuse a document and passages that do not read back unchanged."""
    kept = tuple(passage_from_line(one, document.doc_id) for one in lines)
    if document_from_line(line) != document or kept != passages or not are_cut(document, passages):
        raise IndexMismatchError(
            "the passages to index are not those of the documents given. "
            "Ingest both again, then run `quotewell build`."
        )
