"""What a later stage keeps of the documents of each segment, noted as they come into the index."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from index.segments.segment import Shelved


class BesideWriter(Protocol):
    """Writes the file of one segment."""

    def add(self, shelved: Shelved) -> None:
        """Note a document; they come in the order of the segment's entries."""

    def close(self) -> None:
        """Complete the file, also after an error."""


class Beside(Protocol):
    """What a later stage keeps of the documents of each segment, in one file of its own.

    The file is part of the segment: it is linked with it, and made anew when segments are merged.
    The same documents must give the same bytes.
    """

    @property
    def name(self) -> str:
        """Of the file, without a folder."""

    def writer(self, folder: Path) -> BesideWriter:
        """Begin the file in the folder of a segment."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The files that later stages keep beside a segment that is in use."""

    folder: Path
    """Of the segment."""
    live: Container[str]
    """The doc_ids of the segment's documents that are in use; others were withdrawn or replaced."""
