"""What is read from one file: its document, what it says of itself, what to know of the reading."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from ingest.assemble import assemble
from ingest.document import Document
from ingest.drafting.steps import draft_bytes
from ingest.facts import Fact

READING_VERSION = 1
"""Raise it when a file may be read otherwise than before: then every file is read again."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one file."""

    document: Document
    facts: tuple[Fact, ...]
    """What the file says of itself, for a person to confirm."""
    notes: tuple[str, ...]
    """What whoever adds the file should know of how it was read, a sentence each."""


READING = TypeAdapter(Reading)


def read_here(doc_id: str, suffix: str, data: bytes, name: str) -> Reading:
    """Read the bytes of a file in this process.

    Args:
        doc_id: the document's id.
        suffix: of the file's name, in lower case, with its dot.
        data: the bytes of the file.
        name: for messages only.

    Raises:
        UnknownFormatError: if no parser handles the suffix.
        UnreadableFileError: if the file cannot be read.

    """
    draft = draft_bytes(suffix, data, name)
    document = assemble(doc_id, draft, hashlib.sha256(data).hexdigest())
    return Reading(document, draft.facts, draft.notes)


def pack(reading: Reading) -> bytes:
    """Return a reading as bytes: a line of JSON, then the packed edges of its boxes."""
    boxes = reading.document.boxes
    bare = replace(reading.document, boxes=boxes and replace(boxes, edges=b""))
    head = READING.dump_json(replace(reading, document=bare))
    return head + b"\n" + (boxes.edges if boxes else b"")


def unpack(data: bytes) -> Reading:
    """Return the reading in ``data``, which may come from anywhere.

    Raises:
        ValueError: if it is not one, or its sentences are not slices of its text.
        IngestError: likewise, if an offset is wrong.

    """
    head, _, edges = data.partition(b"\n")
    reading = READING.validate_json(head)
    document = reading.document
    if any(document.quote(s.span) != s.text for s in document.sentences):
        raise ValueError("a sentence is not in the text")
    if any(sentence.section >= len(document.sections) for sentence in document.sentences):
        raise ValueError("a sentence is in no section")
    whole = replace(document, boxes=document.boxes and replace(document.boxes, edges=edges))
    return replace(reading, document=whole)
