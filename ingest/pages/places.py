"""The pages of a document and where on them a quote stands: what a page with marks is made from."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.boxes import Boxes, Mark
from ingest.document import Document, Span


@dataclass(frozen=True, slots=True)
class PageShape:
    """A page as it is shown."""

    number: int
    """From 1."""
    label: str
    """What the page calls itself; its number if it calls itself nothing."""
    width: float
    height: float
    """In points."""


def page_shapes(boxes: Boxes) -> tuple[PageShape, ...]:
    """Return the pages of a document, first page first."""
    labels = boxes.labels or ("",) * len(boxes.pages)
    return tuple(
        PageShape(number, label or str(number), width, height)
        for number, (label, (width, height)) in enumerate(
            zip(labels, boxes.pages, strict=True), start=1
        )
    )


def marks_of(document: Document, boxes: Boxes, span: Span) -> tuple[Mark, ...]:
    """Return the rectangles over exactly the characters of a stretch of a document's text."""
    return boxes.marks(document.stretches(span))
