"""DOCX: a walk through the XML of its parts, with every trap of Word's format."""

from __future__ import annotations

from ingest.blocks import Draft
from ingest.errors import UnreadableFileError
from ingest.parsers.docx.facts import facts_of, find_notes, read_properties
from ingest.parsers.docx.kinds.citations import citations
from ingest.parsers.docx.kinds.endnotes import as_entries, calls
from ingest.parsers.docx.kinds.entries import mark_entries
from ingest.parsers.docx.kinds.headings import are_marked
from ingest.parsers.docx.kinds.parts import parts_of
from ingest.parsers.docx.reading.stories import Stories
from ingest.parsers.docx.zipped.package import open_package


def parse(data: bytes) -> Draft:
    """Return the blocks of a DOCX; ``Draft.source`` is its characters, paragraph by paragraph.

    Raises:
        UnreadableFileError: if it is something else, damaged, encrypted, made to harm, or empty.

    """
    package = open_package(data)
    stories = Stories(package)
    items = stories.text()
    called = calls(items)
    notes = stories.notes(set(called))
    stories.drop_the_rest()
    listed = as_entries(items, called)
    for key in listed:
        items += notes.pop(key, [])
    parts = parts_of(items, notes, stories.styles)
    mark_entries(parts)
    blocks = tuple(block for block in (part.block() for part in parts) if block)
    if not blocks:
        raise UnreadableFileError("holds no text (pictures alone?); leave it out")
    dropped = stories.to.dropped
    return Draft(
        stories.to.text,
        blocks,
        dropped,
        has_headings=are_marked(parts),
        doubtful=tuple(sorted(set(stories.to.doubtful))),
        cited=citations(parts, listed),
        notes=find_notes({one.reason for one in dropped}, embeds=stories.embeds),
        facts=facts_of(read_properties(package), parts),
    )
