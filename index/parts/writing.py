"""Write a part: vectors one block after another, then, if there are many, the inverted lists."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from index.dense import InvertedLists, write_lists
from index.encoder import Vectors
from index.parts.part import FLAT, FLAT_KIND, LARGE, LARGE_KIND, LISTS, TUNING
from index.parts.stored import blocks, mapped
from index.parts.tuning import lists_for, training_sample, tune, write_tuning
from index.store import writing

FLAT_ROWS = 200_000
"""Most vectors of a part that are compared one by one, which takes about 10 ms."""


class PartWriter:
    """Writes the vectors of a segment's passages into a new folder; ``with`` completes it.

    Args:
        folder: of the part.

    Raises:
        UnwritableIndexError: from every call, if a file cannot be written.

    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._dimension, self._rows = folder, 0, 0
        self._is_large = False
        with writing(folder):
            folder.mkdir(parents=True)
            self._file = (folder / FLAT).open("wb")

    def add(self, vectors: Vectors) -> None:
        """Append vectors, shape ``(n, d)``, float32, rows of length 1."""
        self._rows += len(vectors)
        self._dimension = vectors.shape[1]
        with writing(self._folder):
            self._append(vectors)
            if self._rows > FLAT_ROWS and not self._is_large:
                self._halve()

    def __enter__(self) -> PartWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with writing(self._folder):
            self._file.close()
        if kind is None and self._is_large:
            self._write_lists()

    def _append(self, vectors: Vectors) -> None:
        stored = vectors.astype(LARGE_KIND if self._is_large else FLAT_KIND)
        self._file.write(stored.tobytes())

    def _halve(self) -> None:
        """Go on with half the bytes per number: what is scored again needs no more."""
        self._file.close()
        self._file, self._is_large = (self._folder / LARGE).open("wb"), True
        for block in blocks(mapped(self._folder / FLAT, FLAT_KIND, self._dimension)):
            self._append(block)
        (self._folder / FLAT).unlink()

    def _write_lists(self) -> None:
        vectors, path = mapped(self._folder / LARGE, LARGE_KIND, self._dimension), LISTS
        sample = training_sample(vectors)
        write_lists(self._folder / path, blocks(vectors), sample, lists_for(self._rows))
        lists = InvertedLists(self._folder / path, self._rows, self._dimension)
        write_tuning(self._folder / TUNING, tune(vectors, lists))
