"""Fill in the hashes missing from ``sources.json``; every other character stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.changing import writing
from corpus.json_text import DECODER, after_space, members, values
from corpus.listing import LISTING, read_listing, text_of
from corpus.replacing import replace_text
from corpus.sources import Corpus, Source, read_corpus


def pin(folder: Path) -> tuple[Corpus, tuple[Source, ...]]:
    """Write the missing hashes into ``sources.json``, all in one step.

    An existing hash is never changed: a file that does not match it is skipped.

    Returns:
        The corpus as it was, and the sources that were pinned.

    Raises:
        CorpusError: as from ``read_corpus``, or if another process changes the corpus for too
            long; nothing is written then.
        OSError: if ``sources.json`` cannot be replaced.

    """
    corpus = read_corpus(folder)
    if all(source.is_pinned for source in corpus.sources):
        return corpus, ()
    with writing(folder):
        corpus = read_corpus(folder)  # another process may have changed it
        unpinned = tuple(source for source in corpus.sources if not source.is_pinned)
        hashes = {source.doc_id: source.sha256 for source in unpinned}
        listing = folder / LISTING
        replace_text(listing, with_hashes(read_listing(listing), hashes))
    return corpus, unpinned


def with_hashes(text: str, hashes: Mapping[str, str]) -> str:
    """Return the text of a ``sources.json`` with hashes added to the items with these ids.

    Each follows the item's ``custom.file``, on its own line if that has one.
    """
    written, done = [], 0
    for item in values(text):
        doc_id = text_of(DECODER.raw_decode(text, item)[0], "id")
        if doc_id not in hashes:
            continue
        custom = next(member for member in members(text, item) if member.key == "custom")
        file = next(member for member in members(text, custom.start) if member.key == "file")
        between = text[custom.start + 1 : after_space(text, custom.start + 1)] or " "
        written += [text[done : file.end], f',{between}"sha256": "{hashes[doc_id]}"']
        done = file.end
    return "".join([*written, text[done:], "" if text.endswith("\n") else "\n"])
