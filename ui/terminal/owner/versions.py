"""The versions of a library: their list, and one of them checked out and built to be asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from corpus.sources import read_corpus
from index.errors import PassageIndexError
from index.store import claim, open_current
from library.checkout import check_out, named
from library.history import Version, record, versions
from ui.errors import tell
from ui.facts import day
from ui.printable import printable
from ui.settings import CORPUS, Places
from ui.terminal import progress
from ui.terminal.library import tell_skipped

FOLDER = "versions"
"""Of an index: holds each version that is asked, as a corpus with an index of its own."""
MOST_NAMED = 5
"""Documents of one change that are named; of more, the others are counted."""


def list_versions(places: Places) -> Iterator[str]:
    """List the versions of a library, the newest first, each with what it changed."""
    corpus = read_corpus(places.corpus)
    noted = versions(places.corpus)
    if not noted or noted[-1].name != corpus.version:
        yield f"{corpus.version}  now, not yet noted\n"
    for version in reversed(noted):
        yield f"{version.name}  {_said(version)}\n"


def note(places: Places) -> None:
    """Note the present version of a library of one's own; say so where that cannot be written."""
    if places.corpus.resolve() == CORPUS.resolve():
        return
    try:
        record(places.corpus)
    except OSError as error:
        tell(f"{error.filename}: this version was not noted ({error.strerror}); check the folder")


def pinned(places: Places, version: str) -> Places:
    """Return a version's own corpus and index, ready to be asked; they stay for the next time.

    Args:
        places: the library, and its index, below which the version is kept.
        version: its name, or the beginning of it.

    Raises:
        LibraryError: if there is no such version, or a file of it is lost.
        CorpusError, IngestError, PassageIndexError, BankError: if it cannot be built.

    """
    name = named(places.corpus, version)
    claim(places.index)
    folder = places.index / FOLDER / name
    check_out(places.corpus, name, folder / "corpus")
    own = Places(folder / "corpus", folder / "index", places.named, name)
    if not _is_built(own):
        from answer.build import build  # loads the encoder's libraries

        report = build(own.corpus, own.index, progress.progress_bar(sys.stderr))
        tell_skipped(report.skipped, own)
    return own


def _is_built(places: Places) -> bool:
    from index.encoder import open_encoder
    from index.manifest import check as check_sizes
    from index.pipeline import origin_of

    def check(build: Path) -> bool:
        origin = origin_of(open_encoder(places.index), read_corpus(places.corpus).sha256)
        check_sizes(build, origin)
        return True

    try:
        return open_current(places.index, check)
    except PassageIndexError:
        return False


def _said(version: Version) -> str:
    """Return when a change was made, and what it changed."""
    changes = {
        "added": version.added,
        "replaced": version.replaced,
        "withdrawn": version.withdrawn,
        "facts of": version.described,
    }
    said = [f"{what} {_named(doc_ids)}" for what, doc_ids in changes.items() if doc_ids]
    bank = ["question bank"] if version.is_bank_changed else []
    return f"{day(version.at[:10])}: {'; '.join([*said, *bank])}"


def _named(doc_ids: tuple[str, ...]) -> str:
    more = [f"{len(doc_ids) - MOST_NAMED} more"] if len(doc_ids) > MOST_NAMED else []
    return ", ".join([*map(printable, doc_ids[:MOST_NAMED]), *more])
