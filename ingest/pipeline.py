"""From source files to documents: a draft, in a child process if need be; its text."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ingest.assemble import assemble
from ingest.blocks import Draft
from ingest.document import Document
from ingest.drafting.child import read_in_child
from ingest.drafting.steps import draft_bytes
from ingest.errors import UnreadableFileError
from ingest.parsers import UNTRUSTED


def ingest_file(doc_id: str, path: Path) -> Document:
    """Turn one source file into a document.

    Raises:
        UnknownFormatError: if no parser handles the file's extension.
        UnreadableFileError: if the file is gone, cannot be decoded, or holds no text.

    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"{path}: cannot be read ({error.strerror}); "
            "put the file back or take it out of sources.json"
        ) from error
    return ingest_bytes(doc_id, path.suffix.lower(), data, name=str(path))


def ingest_bytes(doc_id: str, suffix: str, data: bytes, name: str) -> Document:
    """Turn the bytes of a source file into a document; ``name`` is for messages only."""
    draft = read_draft(suffix, data, name)
    document = assemble(doc_id, draft, hashlib.sha256(data).hexdigest())
    if not document.sentences:
        raise UnreadableFileError(
            f"{name}: holds no text to quote; replace the file with one that does"
        )
    return document


def read_draft(suffix: str, data: bytes, name: str) -> Draft:
    """Return the draft of a file; one that could harm its reader is read in a child process."""
    read = read_in_child if suffix in UNTRUSTED else draft_bytes
    return read(suffix, data, name)
