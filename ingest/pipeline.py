"""From source files to documents: parse, drop furniture, find headings, join, assemble."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from ingest.assemble import assemble
from ingest.blocks import Draft
from ingest.document import Document
from ingest.errors import UnknownFormatError, UnreadableFileError
from ingest.parsers import PARSERS
from ingest.repair.asides import drop_asides
from ingest.repair.doubtful import drop_doubtful
from ingest.repair.furniture import drop_furniture
from ingest.repair.headings import drop_empty_headings, guess_headings
from ingest.repair.joins import join_cut_paragraphs, mark_captions_and_notices

STEPS: tuple[Callable[[Draft], Draft], ...] = (
    drop_furniture,
    mark_captions_and_notices,
    guess_headings,
    join_cut_paragraphs,
    drop_doubtful,
    drop_asides,
    drop_empty_headings,
)


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
    draft = draft_bytes(suffix, data, name)
    document = assemble(doc_id, draft, hashlib.sha256(data).hexdigest())
    if not document.sentences:
        raise UnreadableFileError(
            f"{name}: holds no text to quote; replace the file with one that does"
        )
    return document


def draft_bytes(suffix: str, data: bytes, name: str) -> Draft:
    """Parse the bytes of a source file and repair the result: everything except assembling."""
    parse = PARSERS.get(suffix)
    if parse is None:
        known = ", ".join(sorted(PARSERS))
        raise UnknownFormatError(f"{name}: no parser for {suffix!r} files; use one of {known}")
    try:
        draft = parse(data)
    except UnreadableFileError as error:
        raise UnreadableFileError(f"{name}: {error}") from error
    for step in STEPS:
        draft = step(draft)
    return draft
