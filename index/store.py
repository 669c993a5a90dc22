"""The folder of an index, published in one step and verified whenever it is opened.

::

    <folder>/
      quotewell.lock        says whose folder this is; held by the build that is running
      CURRENT               SHA-256 of the index.json in use
      builds/new-…/         a build that is running, or was killed: the next one removes it
      builds/<SHA-256>/     the build with that index.json
        index.json          the manifest: what it was built from, SHA-256 of every other file
        …

A build is written to its own folder under ``builds`` and is not used until ``CURRENT`` names it.
``CURRENT`` is replaced in one step: a process sees all of the old index or all of the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from filelock import FileLock, Timeout

from index.errors import (
    BusyIndexError,
    DamagedIndexError,
    ForeignFolderError,
    IndexMismatchError,
    NoIndexError,
)

FORMAT_VERSION = 4
"""Raise it when the files, the tokens or the embedded texts change: old indexes are refused."""

LOCK, CURRENT, BUILDS, MANIFEST = "quotewell.lock", "CURRENT", "builds", "index.json"
NEW = "new-"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origin:
    """What an index was built from; equal origins give interchangeable indexes."""

    encoder: str
    """Name of the encoder."""
    encoder_sha256: str
    dimension: int
    corpus_hash: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much is in an index."""

    documents: int
    passages: int
    sentences: int
    """In all passages."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of ``index.json``."""

    version: int
    built: str
    """When, in UTC to the microsecond: makes the digest of every build unique."""
    origin: Origin
    counts: Counts
    files: dict[str, str]
    """SHA-256 of every other file of the build, by its path inside the build."""

    @property
    def parts(self) -> frozenset[str]:
        """The names of those files, and of the folders that others are in."""
        return frozenset(name.partition("/")[0] for name in self.files)


@contextmanager
def new_build(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to write a build into; pass it to ``publish`` before the block ends.

    If the block ends without ``publish``, the build is removed and the index in use stays.

    Raises:
        ForeignFolderError: if ``folder`` is not empty and not an index.
        BusyIndexError: if another build is running in ``folder``.

    """
    _claim(folder)
    with _lock(folder):
        _remove_unfinished(folder)
        build = folder / BUILDS / f"{NEW}{os.getpid()}"
        build.mkdir(parents=True)
        try:
            yield build
        finally:
            shutil.rmtree(build, ignore_errors=True)  # gone already if it was published


def publish(folder: Path, build: Path, origin: Origin, counts: Counts) -> None:
    """Make ``build`` the index in use, then remove all others, half-written ones included."""
    files = {path.relative_to(build).as_posix(): _sha256(path) for path in _files(build)}
    built = datetime.now(UTC).isoformat()
    manifest = Manifest(FORMAT_VERSION, built, origin, counts, files)
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n"
    (build / MANIFEST).write_bytes(text.encode("utf-8"))
    name = _sha256(build / MANIFEST)
    for path in [*build.rglob("*"), build]:
        _sync(path)
    build.rename(folder / BUILDS / name)
    _sync(folder / BUILDS)
    new = folder / f"{CURRENT}.new"
    new.write_text(name + "\n", encoding="ascii")
    _sync(new)
    new.replace(folder / CURRENT)
    _sync(folder)
    for other in (folder / BUILDS).iterdir():
        if other.name != name:
            shutil.rmtree(other, ignore_errors=True)


def open_current(folder: Path, load: Callable[[Path], T]) -> T:
    """Return what ``load`` makes of the build in use; load again if it is replaced meanwhile.

    Raises:
        NoIndexError: if nothing was built in ``folder`` yet.
        DamagedIndexError: if ``CURRENT`` does not name a build.

    """
    clear_up(folder)
    name = _current(folder)
    while True:
        try:
            return load(folder / BUILDS / name)
        except DamagedIndexError:
            newer = _current(folder)
            if newer == name:
                raise
            name = newer


def clear_up(folder: Path) -> None:
    """Remove what killed builds left behind, unless a build is running; never fails."""
    try:
        if any((folder / BUILDS).glob(f"{NEW}*")):
            with _lock(folder):
                _remove_unfinished(folder)
    except (BusyIndexError, OSError):
        pass  # it is running, or may only be read here


def verify(build: Path, origin: Origin) -> Manifest:
    """Return the manifest of ``build`` after comparing every file with it.

    Raises:
        IndexMismatchError: if it is of another version, encoder or corpus.
        DamagedIndexError: if a file is missing, truncated, altered or not in the manifest.

    """
    if _sha256(build / MANIFEST) != build.name:
        raise damaged(build / MANIFEST, "was altered")
    manifest = _read_manifest(build / MANIFEST)
    for what, stored in asdict(manifest.origin).items():
        wanted = getattr(origin, what)
        if stored != wanted:
            raise _mismatch(what.replace("_", " "), stored, wanted)
    for name, sha256 in manifest.files.items():
        if _sha256(build / name) != sha256:
            raise damaged(build / name, "is truncated or was altered")
    there = {path.relative_to(build).as_posix() for path in _files(build)}
    if foreign := sorted(there - manifest.files.keys() - {MANIFEST}):
        raise damaged(build / foreign[0], "is not in the manifest")
    return manifest


def damaged(path: Path, what: str) -> DamagedIndexError:
    """Return the error that says what is wrong with ``path``."""
    return DamagedIndexError(f"{path} {what}: the index is damaged. Run `quotewell build`.")


def _mismatch(what: str, stored: object, wanted: object) -> IndexMismatchError:
    return IndexMismatchError(
        f"the index was built with {what} {stored}, but {wanted} is wanted. Run `quotewell build`."
    )


def _read_manifest(path: Path) -> Manifest:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if record["version"] != FORMAT_VERSION:
            raise _mismatch("version", record["version"], FORMAT_VERSION)
        origin, counts = Origin(**record["origin"]), Counts(**record["counts"])
        files = {str(name): str(sha256) for name, sha256 in record["files"].items()}
        return Manifest(**{**record, "origin": origin, "counts": counts, "files": files})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged(path, "is not a manifest") from error


def _current(folder: Path) -> str:
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoIndexError(f"there is no index in {folder} yet. Run `quotewell build`.") from error
    except (OSError, ValueError) as error:
        raise damaged(folder / CURRENT, "cannot be read") from error
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise damaged(folder / CURRENT, "does not name a build")
    return name


def _claim(folder: Path) -> None:
    """Make ``folder`` ours if it is new or empty."""
    is_new = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    if not is_new and not (folder / LOCK).is_file():
        raise ForeignFolderError(
            f"{folder} is not empty and not an index: it was left as it is. "
            "Name a new folder, then run `quotewell build`."
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LOCK).touch()


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it even if the process is killed."""
    lock = FileLock(folder / LOCK, preserve_lock_file=True)  # which says whose folder it is
    try:
        held = lock.acquire(blocking=False)
    except Timeout as error:
        raise BusyIndexError(
            f"another build is writing to {folder}. Wait until it ends, then run `quotewell build`."
        ) from error
    with held:
        yield


def _remove_unfinished(folder: Path) -> None:
    for unfinished in (folder / BUILDS).glob(f"{NEW}*"):
        shutil.rmtree(unfinished, ignore_errors=True)


def _files(build: Path) -> list[Path]:
    """Return the files of a build, except the empty ones with which tantivy locks its folder."""
    return sorted(p for p in build.rglob("*") if p.is_file() and p.suffix != ".lock")


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise damaged(path, "cannot be read") from error


def _sync(path: Path) -> None:
    """Flush ``path``, a file or a folder, to the disk."""
    if path.is_dir() and sys.platform == "win32":
        return  # folders cannot be opened there
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)  # RDWR for Windows
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
