"""What is read from one file: its document, what it says of itself, what to know of the reading."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass, replace
from functools import cache
from importlib import metadata
from pathlib import Path

from pydantic import TypeAdapter

from ingest.assemble import assemble
from ingest.document import Document
from ingest.drafting.steps import draft_bytes
from ingest.errors import UnreadableFileError
from ingest.facts import Fact

MAX_UNITS = 100_000
"""That may be quoted from one file: a thousand pages in two columns have 40,000."""
LIBRARIES = ("lxml", "markdown-it-py", "pydantic", "pypdf", "pypdfium2", "pylatexenc", "sentencex")
"""What files are read with, beside our own code."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one file."""

    document: Document
    facts: tuple[Fact, ...]
    """What the file says of itself, for a person to confirm."""
    notes: tuple[str, ...]
    """What whoever adds the file should know of how it was read, a sentence each."""


READING = TypeAdapter(Reading)


@cache
def reading_version() -> str:
    """Return a digest of everything that decides what is read from a file.

    It changes with the code of this stage and with the libraries it uses, so that nobody has to
    think of it: what another version read is read again.
    """
    folder = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(f"{path.relative_to(folder).as_posix()}\n".encode() + path.read_bytes())
    digest.update("".join(f"{name} {_version(name)}\n" for name in LIBRARIES).encode())
    digest.update(platform.python_version().encode())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"


def read_here(doc_id: str, suffix: str, data: bytes, name: str) -> Reading:
    """Read the bytes of a file in this process.

    Args:
        doc_id: the document's id.
        suffix: of the file's name, in lower case, with its dot.
        data: the bytes of the file.
        name: for messages only.

    Raises:
        UnknownFormatError: if no parser handles the suffix.
        UnreadableFileError: if the file cannot be read, or holds too much.

    """
    draft = draft_bytes(suffix, data, name)
    document = assemble(doc_id, draft, hashlib.sha256(data).hexdigest())
    if len(document.sentences) > MAX_UNITS:
        count = len(document.sentences)
        raise UnreadableFileError(
            f"{name}: holds {count:,} sentences, more than {MAX_UNITS:,}; split it"
        )
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
