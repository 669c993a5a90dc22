"""Endnotes that are the reference list: nothing follows the last heading but they."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.parsers.docx.reading.paragraphs import (
    NoteKey,
    Paragraph,
    Table,
    paragraphs_of,
)
from ingest.references import is_reference_heading


def calls(items: Sequence[Paragraph | Table]) -> tuple[NoteKey, ...]:
    """Return the notes that a text refers to, in order, each once."""
    everything = paragraphs_of(items)
    return tuple(dict.fromkeys(key for one in everything for key, _ in one.notes))


def as_entries(items: Sequence[Paragraph | Table], called: Sequence[NoteKey]) -> dict[NoteKey, int]:
    """Return the numbers of the endnotes as entries of a reference list; none if they are notes."""
    held = [one for one in items if isinstance(one, Table) or one.text]
    last = held[-1] if held else None
    if not isinstance(last, Paragraph) or not is_reference_heading(last.text):
        return {}
    last.level = last.level or 1
    endnotes = [key for key in called if key[0] == "endnotes"]
    return {key: number for number, key in enumerate(endnotes, start=1)}
