"""Fill in the hashes missing from ``sources.json``; every other character stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.listing import LISTING, read_listing, text_of
from corpus.replacing import replace_text
from corpus.sources import Corpus, Source, read_corpus

_decoder = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True, slots=True)
class Member:
    """A key of a JSON object and where its value is in the text: ``[start, end)``."""

    key: str
    start: int
    end: int


def pin(folder: Path) -> tuple[Corpus, tuple[Source, ...]]:
    """Write the missing hashes into ``sources.json``, all in one step.

    An existing hash is never changed: a file that does not match it is skipped.

    Returns:
        The corpus as it was, and the sources that were pinned.

    Raises:
        CorpusError: as from ``read_corpus``; nothing is written then.
        OSError: if ``sources.json`` cannot be replaced.

    """
    corpus = read_corpus(folder)
    unpinned = tuple(source for source in corpus.sources if not source.is_pinned)
    if unpinned:
        listing = folder / LISTING
        hashes = {source.doc_id: source.sha256 for source in unpinned}
        replace_text(listing, with_hashes(read_listing(listing), hashes))
    return corpus, unpinned


def with_hashes(text: str, hashes: Mapping[str, str]) -> str:
    """Return the text of a ``sources.json`` with hashes added to the items with these ids.

    Each follows the item's ``custom.file``, on its own line if that has one.
    """
    written, done = [], 0
    for item in _values(text):
        doc_id = text_of(_decoder.raw_decode(text, item)[0], "id")
        if doc_id not in hashes:
            continue
        custom = next(member for member in _members(text, item) if member.key == "custom")
        file = next(member for member in _members(text, custom.start) if member.key == "file")
        between = text[custom.start + 1 : _after_space(text, custom.start + 1)] or " "
        written += [text[done : file.end], f',{between}"sha256": "{hashes[doc_id]}"']
        done = file.end
    return "".join([*written, text[done:], "" if text.endswith("\n") else "\n"])


def _values(text: str) -> Iterator[int]:
    """Yield where each value of the outermost list begins."""
    at = _after_space(text, text.index("[") + 1)
    while text[at] != "]":
        yield at
        at = _after_space(text, _decoder.raw_decode(text, at)[1])
        at = _after_space(text, at + 1) if text[at] == "," else at


def _members(text: str, start: int) -> Iterator[Member]:
    """Yield the members of the object that begins at ``start``."""
    at = _after_space(text, start + 1)
    while text[at] != "}":
        key, at = _decoder.raw_decode(text, at)
        first = _after_space(text, _after_space(text, at) + 1)  # after the colon
        _, end = _decoder.raw_decode(text, first)
        yield Member(key, first, end)
        at = _after_space(text, end)
        at = _after_space(text, at + 1) if text[at] == "," else at


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
