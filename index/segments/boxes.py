"""The boxes of a build's documents, each from the segment that holds the document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.segments.segment import BOXES
from ingest.boxes import Boxes, StoredBoxes


class SegmentBoxes:
    """The boxes of documents by their ids, read when asked for. Threads can share it.

    Args:
        folder: of the segments.
        documents: the id of each document and the name of its segment.

    Raises:
        IngestError: if a file holds something else.

    """

    def __init__(self, folder: Path, documents: Sequence[tuple[str, str]]) -> None:
        of_segment = {
            name: StoredBoxes(folder / name / BOXES) for name in {name for _, name in documents}
        }
        self._of = {doc_id: of_segment[name] for doc_id, name in documents}

    def get(self, doc_id: str, /) -> Boxes | None:
        """Return the boxes of one document, or None if it has no pages."""
        stored = self._of.get(doc_id)
        return stored.get(doc_id) if stored else None
