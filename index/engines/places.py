"""Which passages a build has: their keys, their rows, and a digest of both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

import numpy as np

from index.hits import Rows
from index.manifest import FORMAT_VERSION, Origin
from index.segments.entries import KEY_BITS, Entry


class Places:
    """The rows of a build's passages by their keys; what it holds grows with documents alone.

    Args:
        entries: the documents of the build, in the order of its rows.

    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        counts = np.array([entry.passages for entry in entries], dtype=np.int64)
        numbers = np.array([entry.number for entry in entries], dtype=np.int64)
        by_number = np.argsort(numbers, kind="stable")
        self._numbers, self._counts = numbers[by_number], counts[by_number]
        self._firsts = (np.cumsum(counts) - counts)[by_number]
        self._total = int(counts.sum())

    def __len__(self) -> int:
        return self._total

    def rows(self, keys: Rows) -> Rows:
        """Return the rows of some keys in their order, -1 for one that the build does not have."""
        if not len(self._numbers):
            return np.full(len(keys), -1, dtype=np.int64)
        numbers, places = keys >> KEY_BITS, keys & ((1 << KEY_BITS) - 1)
        at = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
        known = (self._numbers[at] == numbers) & (places < self._counts[at])
        return np.where(known, self._firsts[at] + places, -1)

    def without(self, other: Places) -> list[Entry]:
        """Return the documents that ``other`` does not have, or not under the same number."""
        theirs = {(entry.number, entry.doc_id, entry.sha256) for entry in other._entries}
        return [e for e in self._entries if (e.number, e.doc_id, e.sha256) not in theirs]

    def digest(self, origin: Origin) -> str:
        """Return a digest of all that an engine holds of the build, as 32 hexadecimal digits.

        Builds with equal digests have the same keys for the same passages.
        """
        held = sorted((e.number, e.doc_id, e.sha256, e.reading, e.passages) for e in self._entries)
        described = [FORMAT_VERSION, origin.encoder_sha256, origin.dimension, held]
        return hashlib.sha256(json.dumps(described).encode()).hexdigest()[:32]
