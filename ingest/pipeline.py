"""From one source file to its reading: in a child process if the file could do harm."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document
from ingest.drafting.child import read_in_child
from ingest.drafting.reading import Reading, read_here
from ingest.errors import UnreadableFileError
from ingest.parsers import UNTRUSTED

MAX_TEXT = 2**20
"""Bytes of text or Markdown that are read in this process, in five seconds at most."""


def ingest_file(doc_id: str, path: Path) -> Document:
    """Turn one source file into a document.

    Raises:
        UnknownFormatError: if no parser handles the file's extension.
        UnreadableFileError: if the file is gone, cannot be decoded, or holds no text.

    """
    return ingest_bytes(doc_id, path.suffix.lower(), bytes_of(path), name=str(path))


def ingest_bytes(doc_id: str, suffix: str, data: bytes, name: str) -> Document:
    """Turn the bytes of a source file into a document; ``name`` is for messages only."""
    return quotable(read_bytes(doc_id, suffix, data, name), name).document


def read_bytes(doc_id: str, suffix: str, data: bytes, name: str) -> Reading:
    """Read the bytes of one file, which may hold nothing to quote."""
    read = read_here if is_read_here(suffix, len(data)) else read_in_child
    return read(doc_id, suffix, data, name)


def is_read_here(suffix: str, size: int) -> bool:
    """Whether a file of so many bytes can do no harm to the process that reads it."""
    return suffix not in UNTRUSTED and size <= MAX_TEXT


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a source file.

    Raises:
        UnreadableFileError: if it is gone or may not be read.

    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"{path}: cannot be read ({error.strerror}); "
            "put the file back or take it out of sources.json"
        ) from error


def quotable(reading: Reading, name: str) -> Reading:
    """Return a reading that holds something to quote; ``name`` is for messages only.

    Raises:
        UnreadableFileError: if it does not.

    """
    if not reading.document.sentences:
        raise UnreadableFileError(
            f"{name}: holds no text to quote; replace the file with one that does"
        )
    return reading
