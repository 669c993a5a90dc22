"""The version of a library that its index was built from, while the corpus has moved on.

Between a change of the corpus and the build that follows it, and if that build is stopped, killed
or fails, the library as it was before the change is still whole: its index, and in the history the
files and facts that the change took away.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from corpus.sources import VERSION_DIGITS, CorpusError, read_corpus
from index.errors import IndexMismatchError, PassageIndexError
from index.manifest import read_manifest
from index.store import LAST, open_current
from library.checkout import check_out
from library.errors import LibraryError

T = TypeVar("T")


def open_last(folder: Path, index: Path, load: Callable[[Path], T]) -> tuple[T, str]:
    """Load a library as it is or, where its index is of an earlier version, as it was then.

    Args:
        folder: of the corpus.
        index: the folder of its index.
        load: loads the library from the folder of a corpus, which may be another than ``folder``.

    Returns:
        What was loaded, and the name of the earlier version; empty if it is the present one.

    Raises:
        IndexMismatchError: if the index is of an earlier version that the history does not have.
        CorpusError, PassageIndexError, BankError: as ``load`` does.

    """
    try:
        return load(folder), ""
    except IndexMismatchError:
        then = _checked_out(folder, index)
        if then is None:
            raise
        return load(then), then.name


def _checked_out(folder: Path, index: Path) -> Path | None:
    """Return a corpus folder of the version that the index in use was built from, if it can be."""
    try:
        version = open_current(index, read_manifest).origin.corpus_hash[:VERSION_DIGITS]
        if version == read_corpus(folder).version:
            return None
        check_out(folder, version, index / LAST / version)
    except (CorpusError, LibraryError, PassageIndexError, OSError):
        return None
    return index / LAST / version
