"""A corpus as it was: as an ordinary folder, to be served for long, or from where its files are.

Between a change of a corpus and the build that follows it, and if that build is stopped, killed or
fails, the library as it was before the change is still whole: its index, and in the history the
files and facts that the change took away. From these it is opened, and nothing is written: a full
disk may be why the build failed.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from bank.questions import BANK
from corpus.digests import corpus_digest, file_digest
from corpus.listing import LISTING
from corpus.sources import VERSION_DIGITS, Corpus, CorpusError, read_corpus, source_of
from index.errors import IndexMismatchError, PassageIndexError
from index.manifest import read_manifest
from index.store import open_current
from library.errors import LibraryError
from library.history import kept_as, present
from library.log import HISTORY, State, replay

T = TypeVar("T")

SHORTEST = 4
"""Digits that name a version: as few as people can tell apart among dozens."""
NEWEST = 5
"""Versions that are named when one is not known."""


def named(folder: Path, digits: str) -> str:
    """Return the name of the version that begins with these digits, the present one included.

    Raises:
        LibraryError: if none does, several do, or they are too few.

    """
    names = list(_states(read_corpus(folder)))
    found = [name for name in names if name.startswith(digits.lower())]
    if len(digits) >= SHORTEST and len(found) == 1:
        return found[0]
    what = "is the beginning of several versions" if found else "is not a version of this library"
    if len(digits) < SHORTEST:
        what = f"is too short for a version: give at least {SHORTEST} of its digits"
    newest = ", ".join([*reversed(names)][:NEWEST])
    raise LibraryError(f"{digits!r} {what}; the newest are {newest}")


def check_out(folder: Path, version: str, target: Path) -> None:
    """Make ``target`` a corpus folder that holds a version of the corpus in ``folder``.

    Texts, facts and question bank are those of the version; the statuses of the sources (retracted,
    corrected …) are those of today. A folder that holds the version already only gets these.

    Args:
        folder: of the corpus.
        version: its whole name, as from ``named``.
        target: made if it is not there.

    Raises:
        CorpusError: if the corpus is faulty.
        LibraryError: if there is no such version, or the bytes of one of its files are gone.
        OSError: if the target cannot be written.

    """
    corpus = read_corpus(folder)
    state = _states(corpus).get(version)
    if state is None:
        raise LibraryError(f"{version!r} is not a version of {folder}; name one that is")
    documents = state.documents.values()
    files = {Path("files", name): digest for one in documents for name, digest in one.files.items()}
    files |= {Path(BANK, name): digest for name, digest in state.bank.items()}
    missing = {place: digest for place, digest in files.items() if not _is(target / place, digest)}
    originals = {place: _bytes(folder, place, digest) for place, digest in missing.items()}
    for place, original in originals.items():
        _copy(original, target / place)
    items = [*_items(state, corpus)]
    text = json.dumps(items, ensure_ascii=False, indent=1) + "\n"
    new = target / f".{LISTING}.new-{os.getpid()}"
    new.write_text(text, encoding="utf-8")
    new.replace(target / LISTING)


def _as_it_was(folder: Path, version: str) -> Corpus:
    """Return an earlier version of the corpus in ``folder``, its files where they are now.

    As in ``check_out``, the statuses of the sources are those of today. The question bank is that
    of today too, so that the version is not this one if the bank has changed.

    Raises:
        CorpusError: if the corpus is faulty.
        LibraryError: if this is not an earlier version, or the bytes of one of its files are gone.

    """
    corpus = read_corpus(folder)
    state = _states(corpus).get(version)
    if state is None or version == corpus.version:
        raise LibraryError(f"{version!r} is not an earlier version of {folder}; name one that is")
    there = {(one.sha256, one.path.name): one.path for one in corpus.sources}
    there |= {(one.pdf_sha256, one.pdf.name): one.pdf for one in corpus.sources if one.pdf}

    def file(name: str, digest: str) -> Path:
        return there.get((digest, name)) or _bytes(folder, Path("files", name), digest)

    sources = []
    for item, held in zip(_items(state, corpus), state.documents.values(), strict=True):
        paths = [(file(name, digest), digest) for name, digest in held.files.items()]
        sources.append(source_of(item, *paths))
    return Corpus(folder, tuple(sources), (), corpus_digest(folder / BANK, sources))


def open_last(folder: Path, index: Path, load: Callable[[Path | Corpus], T]) -> tuple[T, str]:
    """Load a library as it is or, where its index is of an earlier version, as it was then.

    Args:
        folder: of the corpus.
        index: the folder of its index.
        load: loads the library of a folder, or of a corpus that was read.

    Returns:
        What was loaded, and the name of the earlier version; empty if it is the present one.

    Raises:
        IndexMismatchError: if the index is of an earlier version that the history does not have.
        CorpusError, PassageIndexError, BankError: as ``load`` does.

    """
    try:
        return load(folder), ""
    except IndexMismatchError:
        then = _then(folder, index)
        if then is None:
            raise
        return load(then), then.version


def _then(folder: Path, index: Path) -> Corpus | None:
    """Return the corpus that the index in use was built from, if it is another and all there."""
    try:
        built_from = open_current(index, read_manifest).origin.corpus_hash
        then = _as_it_was(folder, built_from[:VERSION_DIGITS])
    except (CorpusError, LibraryError, PassageIndexError, OSError):
        return None
    return then if then.sha256 == built_from else None


def _states(corpus: Corpus) -> dict[str, State]:
    """Return the states of all versions, the newest last; of one version, the newest state."""
    states: dict[str, State] = {}
    for delta, _, state in replay(corpus.folder / HISTORY):
        states.pop(delta.version, None)
        states[delta.version] = state
    states.pop(corpus.version, None)
    return {**states, corpus.version: present(corpus)}


def _bytes(folder: Path, place: Path, digest: str) -> Path:
    """Return a file with these bytes: the one in use, or the one that was kept."""
    for path in (folder / place, kept_as(folder / HISTORY, digest, place)):
        if _is(path, digest):
            return path
    raise LibraryError(
        f"{place} of this version is lost: it was changed by hand before it was kept; "
        f"if you have the old file, save it as {kept_as(folder / HISTORY, digest, place)}"
    )


def _copy(original: Path, place: Path) -> None:
    """Copy a file in one step: another process may be checking the same version out."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f".{place.name}.new-{os.getpid()}")
    shutil.copyfile(original, new)
    new.replace(place)


def _is(path: Path, digest: str) -> bool:
    return path.is_file() and file_digest(path) == digest


def _items(state: State, today: Corpus) -> Iterator[Mapping[str, Any]]:
    """Yield the items of a state with their files pinned and their statuses as they are now."""
    now = {source.doc_id: source.csl["custom"].get("status") for source in today.sources}
    for doc_id, held in state.documents.items():
        item = held.item
        custom = {**item["custom"], "sha256": next(iter(held.files.values()))}
        if doc_id in now:
            custom["status"] = now[doc_id]
        yield {**item, "custom": {key: value for key, value in custom.items() if value}}
