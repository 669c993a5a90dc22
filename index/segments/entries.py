"""What a segment holds, document by document, and which documents a build is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from index.hits import Rows
from index.manifest import wrong

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


@dataclass(frozen=True, slots=True)
class Order:
    """The documents of a build."""

    documents: tuple[tuple[str, str], ...]
    """The id of each, in the order of the corpus, and the name of its segment."""
    removed: int = 0
    """Passages of other documents that the indexes of words still count."""


ENTRIES, ORDERS = TypeAdapter(tuple[Entry, ...]), TypeAdapter(Order)


def write_entries(path: Path, entries: Sequence[Entry]) -> None:
    """Write the documents of a segment, in the order of its files."""
    path.write_bytes(ENTRIES.dump_json(tuple(entries)))


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return what ``write_entries`` wrote.

    Raises:
        DamagedIndexError: if it is something else.

    """
    try:
        entries = ENTRIES.validate_json(path.read_bytes())
        if len({entry.doc_id for entry in entries}) != len(entries):
            raise ValueError("a document is there twice")
        if any(min(e.number, e.passages, e.sentences) < 0 for e in entries):
            raise ValueError("a number is negative")
    except (OSError, ValueError) as error:
        raise wrong(path, f"cannot be read ({' '.join(str(error).split())})") from error
    return entries


def write_order(path: Path, order: Order) -> None:
    """Write which documents a build is made of."""
    path.write_bytes(ORDERS.dump_json(order))


def read_order(path: Path) -> Order:
    """Return what ``write_order`` wrote.

    Raises:
        DamagedIndexError: if it is something else.

    """
    try:
        order = ORDERS.validate_json(path.read_bytes())
        if len(dict(order.documents)) != len(order.documents):
            raise ValueError("a document is there twice")
    except (OSError, ValueError) as error:
        raise wrong(path, f"cannot be read ({' '.join(str(error).split())})") from error
    return order
