"""Change a corpus folder in steps between which it can be stopped, killed included.

A new file waits in ``files/`` as ``.new-NAME``, a file that goes is marked by an empty
``.gone-NAME``; then the listing is replaced in one step, which decides; then both are carried out.
Whoever reads a corpus first settles what a kill has left between these steps.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from corpus.digests import file_digest
from corpus.editing import EMPTY, Item, with_changes
from corpus.errors import BusyError, CorpusError
from corpus.listing import LISTING, read_items, read_listing, text_of
from corpus.locking import locked
from corpus.replacing import flush, left_of, replace_text

FILES, LOCK = "files", ".lock"
NEW, GONE = ".new-", ".gone-"
WAIT_SECONDS = 60
"""For another process that changes the corpus: each change takes less than a second."""
SETTLE_SECONDS = 5
"""Likewise for one that only reads it; then it reads what is there."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a step does to a corpus."""

    files: Mapping[str, Path] = field(default_factory=dict)
    """New contents of files, by their names in ``files/``: where to copy them from."""
    gone: Collection[str] = ()
    """Names of files that go."""
    items: Mapping[str, Item | None] = field(default_factory=dict)
    """What the item of an id becomes; None takes it out."""
    added: Sequence[Item] = ()
    """New items."""

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests that the items say their files have, by name."""
        items = [item for item in (*self.items.values(), *self.added) if item]
        return {text_of(i, "custom", "file"): text_of(i, "custom", "sha256") for i in items}


def start(folder: Path) -> None:
    """Make a corpus without documents unless there is a listing.

    Raises:
        CorpusError: if another process changes it for too long.
        OSError: if the folder cannot be made.

    """
    (folder / FILES).mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        if not os.path.lexists(folder / LISTING):
            new = folder / f".{LISTING}.new-0"
            new.write_text(EMPTY, encoding="utf-8")
            flush(new)
            new.replace(folder / LISTING)
            flush(folder)


def apply(folder: Path, change: Change) -> None:
    """Carry out a change: the listing is replaced in one step, whatever interrupts it.

    Its items name the digest of every file that is new, except a PDF beside another file.

    Raises:
        CorpusError: if the listing cannot be read, a file is not the one that its item names, or
            another process changes the corpus for too long.
        OSError: if something cannot be copied or written; the corpus is as it was then.

    """
    files = folder / FILES
    with writing(folder):
        for name, source in change.files.items():
            _copy(source, files / f"{NEW}{name}", change.digests.get(name, ""))
        for name in change.gone:
            (files / f"{GONE}{name}").touch()
        flush(files)  # what the listing names has to outlive a loss of power as well
        text = read_listing(folder / LISTING)
        replace_text(folder / LISTING, with_changes(text, change.items, change.added))
        _settle(folder)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep other processes from changing a corpus, after settling what one has left half-done.

    Raises:
        CorpusError: if another process changes it for too long.

    """
    with _alone(folder):
        _settle(folder)
        yield


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        with locked(folder / FILES / LOCK, WAIT_SECONDS):
            yield
    except BusyError as error:
        raise CorpusError(
            f"{folder}: another process is changing it; wait until it ends, then try again"
        ) from error


def settle(folder: Path) -> None:
    """Carry out, or take back, what a process that was killed has left half-done.

    Where this cannot be written, or another process is still at it, the folder stays as it is.
    """
    files = folder / FILES
    if any(unsettled(folder)):
        with suppress(BusyError, OSError, CorpusError), _held(files):
            _settle(folder)


@contextmanager
def _held(files: Path) -> Iterator[None]:
    with locked(files / LOCK, SETTLE_SECONDS):
        yield


def _settle(folder: Path) -> None:
    files = folder / FILES
    for path in left_of(folder / LISTING):
        path.unlink()
    left = sorted(_waiting(files))
    items = read_items(folder / LISTING) if left else []
    digests = {text_of(i, "custom", "file"): text_of(i, "custom", "sha256") for i in items}
    pdfs = {text_of(item, "custom", "pdf") for item in items}
    for path in left:
        kind = NEW if path.name.startswith(NEW) else GONE
        name = path.name.removeprefix(kind)
        target = files / name
        if kind == GONE:
            if name not in digests and name not in pdfs:
                target.unlink(missing_ok=True)
            path.unlink()
        elif file_digest(path) == digests.get(name) or (name in pdfs and not target.exists()):
            path.replace(target)
        else:
            path.unlink()


def unsettled(folder: Path) -> Iterator[Path]:
    """Yield what a process that changes the corpus, or was killed, has left half-done."""
    yield from left_of(folder / LISTING)
    yield from _waiting(folder / FILES)


def _waiting(files: Path) -> Iterator[Path]:
    if files.is_dir():
        yield from (path for path in files.iterdir() if path.name.startswith((NEW, GONE)))


def _copy(source: Path, target: Path, digest: str) -> None:
    with source.open("rb") as old, target.open("wb") as new:
        shutil.copyfileobj(old, new)
        new.flush()
        os.fsync(new.fileno())
    if digest and file_digest(target) != digest:
        target.unlink()
        raise CorpusError(f"{source}: changed while it was being added; add it again")
