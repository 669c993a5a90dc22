"""Records of documents in one file, each read by its place when it is asked for, and checked."""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from index.hits import Rows
from index.manifest import wrong

RECORD_DIGEST_BYTES = 32
"""Of SHA-256."""

Digests = NDArray[np.uint8]
"""SHA-256 of records: shape ``(n_documents, 32)``."""


class RecordsWriter:
    """Writes records one after another.

    Args:
        file: new, open for writing.

    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.sizes: list[int] = []
        """Of the records, in bytes."""
        self.digests: list[bytes] = []

    def add(self, record: bytes) -> None:
        """Append a record; it may be empty."""
        self._file.write(record)
        self.sizes.append(len(record))
        self.digests.append(hashlib.sha256(record).digest())


class Records:
    """Records that were written. Threads can share it.

    The file stays open: its records can be had when another build has taken the place of its own.

    Args:
        path: of the file.
        sizes: of its records in bytes, shape ``(n,)``.
        digests: of them.

    Raises:
        DamagedIndexError: if the file is missing or of another size.

    """

    def __init__(self, path: Path, sizes: Rows, digests: Digests) -> None:
        self._path, self._digests = path, digests
        self._starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])
        self._lock = threading.Lock()
        try:
            self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except OSError as error:
            raise wrong(path, "cannot be read") from error
        weakref.finalize(self, os.close, self._descriptor)
        if os.fstat(self._descriptor).st_size != self._starts[-1]:
            raise wrong(path, "does not hold the records of its segment")

    def __len__(self) -> int:
        return len(self._digests)

    def read(self, position: int) -> bytes:
        """Return a record.

        Raises:
            DamagedIndexError: if it is not as it was written.

        """
        start, end = int(self._starts[position]), int(self._starts[position + 1])
        try:
            with self._lock:
                os.lseek(self._descriptor, start, os.SEEK_SET)
                record = os.read(self._descriptor, end - start)
        except OSError as error:
            raise wrong(self._path, "cannot be read") from error
        if hashlib.sha256(record).digest() != self._digests[position].tobytes():
            raise wrong(self._path, "was altered")
        return record
