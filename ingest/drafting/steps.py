"""From the bytes of a file to a draft: parse, drop furniture, find headings, join."""

from __future__ import annotations

from collections.abc import Callable

from ingest.blocks import Draft
from ingest.errors import UnknownFormatError, UnreadableFileError
from ingest.parsers import INSTEAD, PARSERS
from ingest.parsers.signatures import refuse_other_formats
from ingest.repair.asides import drop_asides
from ingest.repair.doubtful import drop_doubtful
from ingest.repair.furniture import drop_furniture
from ingest.repair.headings import drop_empty_headings, guess_headings
from ingest.repair.joins import join_cut_paragraphs, mark_captions_and_notices

Step = Callable[[Draft], Draft]
GUESSES: tuple[Step, ...] = (
    drop_furniture,
    mark_captions_and_notices,
    guess_headings,
    join_cut_paragraphs,
)
"""For files that do not say of everything what it is."""
STEPS: tuple[Step, ...] = (drop_doubtful, drop_asides, drop_empty_headings)


def draft_bytes(suffix: str, data: bytes, name: str) -> Draft:
    """Parse the bytes of a source file and repair the result: everything except assembling."""
    parse = PARSERS.get(suffix)
    if parse is None:
        advice = INSTEAD.get(suffix, f"use one of {', '.join(sorted(PARSERS))}")
        raise UnknownFormatError(f"{name}: no parser for {suffix!r} files; {advice}")
    try:
        refuse_other_formats(data, suffix)
        draft = parse(data)
    except UnreadableFileError as error:
        raise UnreadableFileError(f"{name}: {error}") from error
    for step in STEPS if draft.is_marked_up else GUESSES + STEPS:
        draft = step(draft)
    return draft
