"""Write the statuses of sources into ``sources.json``; every other character stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from corpus.changing import writing
from corpus.json_text import DECODER, after_space, members, values
from corpus.listing import LISTING, read_listing, text_of
from corpus.replacing import replace_text

Statuses = Mapping[str, Sequence[Mapping[str, str]]]
"""The value of ``custom.status`` of items, by their id; empty to take it out."""


def mark(folder: Path, statuses: Statuses) -> None:
    """Replace the statuses of items, all in one step.

    Raises:
        CorpusError: if the listing cannot be read, or another process changes the corpus.
        OSError: if it cannot be replaced.

    """
    with writing(folder):
        listing = folder / LISTING
        replace_text(listing, with_statuses(read_listing(listing), statuses))


def with_statuses(text: str, statuses: Statuses) -> str:
    """Return the text of a ``sources.json`` with other statuses of the items with these ids."""
    written, done = [], 0
    for start in values(text):
        doc_id = text_of(DECODER.raw_decode(text, start)[0], "id")
        if doc_id in statuses:
            for begin, end, new in _edits(text, start, statuses[doc_id]):
                written += [text[done:begin], new]
                done = end
    return "".join([*written, text[done:]])


def _edits(
    text: str, item: int, statuses: Sequence[Mapping[str, str]]
) -> Iterator[tuple[int, int, str]]:
    """Yield the stretch of an item's text that becomes another, and that."""
    custom = next(member for member in members(text, item) if member.key == "custom")
    before = custom.start + 1
    between = text[before : after_space(text, before)] or " "
    value = json.dumps(statuses, ensure_ascii=False)
    for member in members(text, custom.start):
        if member.key == "status" and statuses:
            yield member.start, member.end, value
            return
        if member.key == "status":
            yield _without_comma(text, before, member.end)
            return
        before = member.end
    if statuses:
        yield before, before, f',{between}"status": {value}'


def _without_comma(text: str, before: int, end: int) -> tuple[int, int, str]:
    """Return the edit that takes out a member, with the comma before it or else after it."""
    at = after_space(text, end)
    if text[after_space(text, before)] != "," and text[at] == ",":
        return before, after_space(text, at + 1), text[before : after_space(text, before)]
    return before, end, ""
