"""The keys of what an index of words holds, in files of our own.

The engine keeps its entries in segments, and knows each by the number of its segment and its place
in there. It stores the keys too, but reads them anew for every question, and bytes that are damaged
by then can make it take all the memory there is. So they are copied when they are written::

    meta.json         the engine's list of its segments, in the order of their numbers
    <segment>.keys    the keys of a segment in the order of their places, 8 bytes each
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from index.hits import Rows

LISTED, SUFFIX, KIND = "meta.json", ".keys", "<i8"
AT_ONCE = 100_000
"""Keys copied at a time: some 20 MB while they are Python's."""


class StoredKeys:
    """The keys of an index of words, mapped; threads can share it.

    Args:
        folder: of the index.

    Raises:
        OSError: if a file is missing.
        ValueError: if a file holds fewer keys than its segment has entries.

    """

    def __init__(self, folder: Path) -> None:
        self._segments = [
            np.memmap(path, dtype=KIND, mode="r", shape=(size,)) for path, size in _segments(folder)
        ]

    def of(self, found: Iterable[tuple[int, int]]) -> Rows:
        """Return the keys of entries.

        Args:
            found: the number of the segment of each, and its place in there.

        Raises:
            IndexError: if there is no such entry.

        """
        keys = [self._segments[segment][place] for segment, place in found]
        return np.array(keys, dtype=np.int64)


def copy_keys(folder: Path, read: Callable[[int, range], Rows]) -> None:
    """Copy the keys of segments that have no file yet, and remove the files of those that are gone.

    Args:
        folder: of an index that is complete.
        read: returns the keys at some places of a segment.

    """
    segments = _segments(folder)
    for path in set(folder.glob(f"*{SUFFIX}")) - {path for path, _ in segments}:
        path.unlink()
    for number, (path, size) in enumerate(segments):
        if path.exists():
            continue
        with path.open("wb") as file:
            for start in range(0, size, AT_ONCE):
                places = range(start, min(start + AT_ONCE, size))
                file.write(read(number, places).astype(KIND).tobytes())


def _segments(folder: Path) -> list[tuple[Path, int]]:
    """Return the file of keys of each segment, and how many entries that has."""
    listed = json.loads((folder / LISTED).read_bytes())["segments"]
    return [(folder / f"{one['segment_id']}{SUFFIX}", int(one["max_doc"])) for one in listed]
