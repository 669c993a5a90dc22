"""What a segment holds, document by document, and which documents a build is made of."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from index.hits import Rows
from index.manifest import wrong
from index.segments.records import RECORD_DIGEST_BYTES, Digests, RecordsWriter

KEY_BITS = 24
"""Of a row's key: its place in its document. The bits before them are the document's number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a segment."""

    doc_id: str
    number: int
    """That no other document has in the builds that share its rows."""
    sha256: str
    suffix: str
    """Of its file's name, in lower case: with its bytes, what was read."""
    reading: str
    """The version of what read it (``ingest.drafting.reading.reading_version``)."""
    passages: int
    sentences: int
    units: int
    """That can be quoted (``ingest.units.units_of``)."""
    dropped: int
    """Stretches of the file that were left out, the doubtful ones among them."""
    joined: int
    """Places where stretches that are apart in the file were joined."""
    doubtful: int
    """Stretches that were left out because of characters that may be wrong."""

    @property
    def rows(self) -> int:
        """Vectors that it has: one for each passage."""
        return self.passages

    def keys(self, count: int) -> Rows:
        """Return the keys of its first ``count`` passages or sentences in the index of words."""
        return (self.number << KEY_BITS) + np.arange(count, dtype=np.int64)


TEXTS = ("doc_id", "sha256", "suffix", "reading")
NUMBERS = tuple(field.name for field in fields(Entry) if field.name not in TEXTS)
SENTENCES_OF = "sentences_of"
"""How many sentences each passage has: those of the first document, then those of the next."""


class Entries:
    """The documents of a segment in the order of its files, as columns: no object for each.

    Args:
        columns: as ``entries_to_bytes`` writes them.

    Raises:
        ValueError, KeyError: if they do not fit together.

    """

    def __init__(self, columns: Mapping[str, NDArray[Any]]) -> None:
        self._columns = columns
        for name in (*NUMBERS, SENTENCES_OF):
            if columns[name].dtype != np.int64 or (columns[name] < 0).any():
                raise ValueError(f"{name} are no counts")
        self.counts: Rows = columns[SENTENCES_OF]
        """How many sentences each passage has, document after document."""
        ends = np.concatenate([np.zeros(1, np.int64), np.cumsum(self["passages"])])
        if any(len(columns[name]) != len(self) for name in (*TEXTS, *NUMBERS)):
            raise ValueError("the columns are not equally long")
        of_passages = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.counts)])
        if ends[-1] != len(self.counts):
            raise ValueError("it has other passages")
        if not np.array_equal(np.diff(of_passages[ends]), self["sentences"]):
            raise ValueError("it has other sentences")
        self.first_passage: Rows = ends
        if len(self.places) != len(self):
            raise ValueError("a document is there twice")

    def __len__(self) -> int:
        return len(self._columns["doc_id"])

    def __getitem__(self, name: str) -> Rows:
        """Return a column of numbers."""
        column: Rows = self._columns[name]
        return column

    def __iter__(self) -> Iterator[Entry]:
        return map(self.entry, range(len(self)))

    @cached_property
    def places(self) -> dict[str, int]:
        """The positions of the documents by id."""
        names = self._columns["doc_id"].tolist()
        return {name.decode(): position for position, name in enumerate(names)}

    def entry(self, position: int) -> Entry:
        """Return what is noted of a document."""
        held: dict[str, Any] = {n: int(self._columns[n][position]) for n in NUMBERS}
        held |= {name: self._columns[name][position].decode() for name in TEXTS}
        return Entry(**held)

    def records(self, kind: str) -> tuple[Rows, Digests]:
        """Return the sizes and digests of the records in the file of this name.

        Raises:
            ValueError, KeyError: if there are others than one for each document.

        """
        sizes, digests = self._columns[f"{kind} sizes"], self._columns[f"{kind} digests"]
        if sizes.shape != (len(self),) or sizes.dtype != np.int64 or (sizes < 0).any():
            raise ValueError(f"{kind} has no sizes")
        if digests.shape != (len(self), RECORD_DIGEST_BYTES) or digests.dtype != np.uint8:
            raise ValueError(f"{kind} has no digests")
        return sizes, digests


@dataclass(frozen=True, slots=True)
class Order:
    """The documents of a build."""

    documents: tuple[tuple[str, str], ...]
    """The id of each, in the order of the corpus, and the name of its segment."""
    removed: int = 0
    """Passages of other documents that the indexes of words still count."""


ORDERS = TypeAdapter(Order)


def entries_to_bytes(
    entries: Sequence[Entry], sentences: Sequence[int], records: Mapping[str, RecordsWriter]
) -> bytes:
    """Return what is kept of the documents of a segment.

    Args:
        entries: in the order of its files.
        sentences: how many each of their passages has.
        records: what was written into its files, by their names.

    """
    columns: dict[str, NDArray[Any]] = {
        name: np.array([getattr(entry, name).encode() for entry in entries], dtype=np.bytes_)
        for name in TEXTS
    }
    for name in NUMBERS:
        columns[name] = np.array([getattr(entry, name) for entry in entries], dtype=np.int64)
    columns[SENTENCES_OF] = np.array(sentences, dtype=np.int64)
    for name, written in records.items():
        digests = np.frombuffer(b"".join(written.digests), np.uint8)
        columns[f"{name} sizes"] = np.array(written.sizes, dtype=np.int64)
        columns[f"{name} digests"] = digests.reshape(-1, RECORD_DIGEST_BYTES)
    kept = io.BytesIO()
    np.savez(kept, allow_pickle=False, **columns)
    return kept.getvalue()


def entries_from_bytes(path: Path, kept: bytes) -> Entries:
    """Return the documents of which ``entries_to_bytes`` made this.

    Raises:
        DamagedIndexError: if it is something else; ``path`` is named.

    """
    try:
        with np.load(io.BytesIO(kept), allow_pickle=False) as columns:
            return Entries(dict(columns))
    except Exception as error:  # whatever numpy and zipfile raise
        raise wrong(path, f"cannot be read ({' '.join(str(error).split())})") from error


def order_to_bytes(order: Order) -> bytes:
    """Return what is kept of which documents a build is made of."""
    return ORDERS.dump_json(order)


def order_from_bytes(path: Path, kept: bytes) -> Order:
    """Return the order of which ``order_to_bytes`` made this.

    Raises:
        DamagedIndexError: if it is something else; ``path`` is named.

    """
    try:
        order = ORDERS.validate_json(kept)
        if len(dict(order.documents)) != len(order.documents):
            raise ValueError("a document is there twice")
    except ValueError as error:
        raise wrong(path, f"cannot be read ({' '.join(str(error).split())})") from error
    return order
