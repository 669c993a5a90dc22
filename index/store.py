"""The folder of an index, whose builds are published in one step.

::

    <folder>/
      quotewell.lock        says whose folder this is; held by the build that is running
      CURRENT               SHA-256 of the index.json in use
      builds/new-…/         a build that is running, or was killed
      builds/<SHA-256>/     the build with that index.json
        index.json          the manifest: what is in the build (``index.manifest``)
        …
      kept/                 what builds that were stopped have read and embedded
      versions/<version>/   an earlier version of the corpus, with an index of its own

A build is written to its own folder under ``builds`` and is not used until ``CURRENT`` names it.
``CURRENT`` is replaced in one step: a process sees all of the old index or all of the new one.
What it does not name is removed by whoever comes next, unless a build is running.

A process that has opened a build goes on with it while others take its place, if it has opened or
mapped every file that it will read: on POSIX those outlive their names, on Windows they cannot be
removed, and wait for the next build.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from corpus.errors import BusyError
from corpus.locking import locked
from corpus.replacing import flush
from index.errors import (
    BusyIndexError,
    DamagedIndexError,
    ForeignFolderError,
    NoIndexError,
    UnwritableIndexError,
)
from index.manifest import Counts, Origin, damaged, write_manifest

LOCK, CURRENT, BUILDS, KEPT = "quotewell.lock", "CURRENT", "builds", "kept"
NEW = "new-"

T = TypeVar("T")


@contextmanager
def new_build(folder: Path) -> Iterator[Path]:
    """Yield an empty folder to write a build into; pass it to ``publish`` before the block ends.

    If the block ends without ``publish``, the build is removed and the index in use stays.

    Raises:
        ForeignFolderError: if ``folder`` is not empty and not an index.
        BusyIndexError: if another build is running in ``folder``.

    """
    claim(folder)
    with _lock(folder):
        _remove_others(folder)
        build = folder / BUILDS / f"{NEW}{os.getpid()}"
        build.mkdir(parents=True)
        try:
            yield build
        finally:
            _remove_others(folder)


def publish(
    folder: Path,
    build: Path,
    origin: Origin,
    counts: Counts,
    carried: Mapping[str, str] | None = None,
) -> None:
    """Make ``build`` the index in use, and remove what was kept for it.

    ``new_build`` removes all others then.

    Args:
        folder: of the index.
        build: from ``new_build``, complete.
        origin: what it was built from.
        counts: how much is in it.
        carried: the SHA-256 of files that were linked from a build that was verified, by their
            paths inside the build: they are neither read nor flushed again.

    """
    name = write_manifest(build, origin, counts, carried or {})
    for path in [*build.rglob("*"), build]:
        if path.relative_to(build).as_posix() not in (carried or {}):
            flush(path)
    build.rename(folder / BUILDS / name)
    flush(folder / BUILDS)
    flush(folder)
    new = folder / f"{CURRENT}.new"
    new.write_text(name + "\n", encoding="ascii")
    flush(new)
    new.replace(folder / CURRENT)
    flush(folder)
    shutil.rmtree(folder / KEPT, ignore_errors=True)


def kept_folder(folder: Path) -> Path:
    """Return the folder in which things are kept until a build that holds them is published.

    Raises:
        ForeignFolderError: if ``folder`` is not empty and not an index.

    """
    claim(folder)
    return folder / KEPT


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


def current_build(folder: Path) -> Path:
    """Return the folder of the build in use; nothing is removed.

    Raises:
        NoIndexError: if nothing was built in ``folder`` yet.
        DamagedIndexError: if ``CURRENT`` does not name a build.

    """
    return folder / BUILDS / _current(folder)


def leftovers(folder: Path) -> list[Path]:
    """Return what builds that were stopped have left; nothing while one is running."""
    if not (folder / LOCK).is_file():
        return []
    try:
        with _lock(folder):
            kept = [folder / KEPT] if (folder / KEPT).exists() else []
            return [*_others(folder), *kept]
    except BusyIndexError:
        return []


def claim(folder: Path) -> None:
    """Make ``folder`` the one of an index if it is new or empty.

    Raises:
        ForeignFolderError: if it holds something else.

    """
    is_new = not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))
    if not is_new and not (folder / LOCK).is_file():
        raise ForeignFolderError(
            f"{folder} is not empty and not an index: it was left as it is. "
            "Name a new folder, then run `quotewell build`."
        )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LOCK).touch()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn whatever a library raises when it cannot write ``path`` into one error.

    Raises:
        UnwritableIndexError: with what the library says, which may not be that the disk is full.

    """
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        free = shutil.disk_usage(path.parent).free // 1024**2
        raise UnwritableIndexError(
            f"{path} cannot be written ({' '.join(str(error).split())}; {free} MiB are free). "
            "Make room on the disk, then run `quotewell build`."
        ) from error


def clear_up(folder: Path) -> None:
    """Remove what killed builds left behind, unless a build is running; never fails."""
    try:
        if (folder / CURRENT).exists() and any(_others(folder)):
            with _lock(folder):
                _remove_others(folder)
    except (BusyIndexError, OSError):
        pass  # it is running, or may only be read here


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


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system frees it even if the process is killed."""
    try:
        with locked(folder / LOCK):
            yield
    except BusyError as error:
        raise BusyIndexError(
            f"another build is writing to {folder}. Wait until it ends, then run `quotewell build`."
        ) from error


def _remove_others(folder: Path) -> None:
    for other in [*_others(folder)]:
        if other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
        else:
            other.unlink(missing_ok=True)


def _others(folder: Path) -> Iterator[Path]:
    """Yield what is not the build in use; if it cannot be told which is, what never was one."""
    name: str | None = None
    with suppress(DamagedIndexError):
        name = _current(folder) if (folder / CURRENT).exists() else ""
    for path in (folder / BUILDS).iterdir() if (folder / BUILDS).is_dir() else ():
        if path.name.startswith(NEW) or (name is not None and path.name != name):
            yield path
    if (folder / f"{CURRENT}.new").exists():
        yield folder / f"{CURRENT}.new"
