"""What whoever adds a PDF should know of how it was read, and where its facts stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.parsers.pdf.metadata import Metadata

FIRST_PAGES = 2
"""Some files begin with a cover sheet."""
AGREED = 0.95
"""Part of the letters: the least of 58 papers without trouble is .956."""


def find_notes(metadata: Metadata, *, is_ocr: bool, n_pictures: int) -> tuple[str, ...]:
    """Return what whoever adds the file should know, a sentence each."""
    return tuple(_notes(metadata, is_ocr=is_ocr, n_pictures=n_pictures))


def _notes(metadata: Metadata, *, is_ocr: bool, n_pictures: int) -> Iterator[str]:
    if is_ocr:
        yield "The text was read from pictures by a machine; look at what it read."
    if n_pictures:
        yield f"{n_pictures} of its pages are pictures without text and were not read."
    if metadata.agreement < AGREED:
        yield (
            f"Two libraries agree on {metadata.agreement:.0%} of its letters only; compare its "
            "text with its pages."
        )
    if metadata.attachments:
        yield f"Files are attached to it and were not read: {', '.join(metadata.attachments)}."


def first_text(texts: Sequence[str]) -> str:
    """Return the text of the first pages."""
    return "\n".join(texts[:FIRST_PAGES])
