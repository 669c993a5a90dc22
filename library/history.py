"""What a corpus was before: its versions, and the bytes that changes took away.

::

    <corpus>/history/
      versions.jsonl          a line for each change (``library.log``)
      files/<SHA-256><suffix>   files that were replaced or withdrawn, and those of question banks
      lock                    held while something is written

A version is named by ``Corpus.version``. Whoever changes a corpus
records it before and after, and keeps the files that the change takes away; a change by hand is
noted by the next ``record``.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bank.questions import BANK
from corpus.digests import file_digest, unfit
from corpus.errors import BusyError
from corpus.locking import locked
from corpus.replacing import flush
from corpus.sources import Corpus, Source, read_corpus
from library.errors import LibraryError
from library.log import HISTORY, Delta, Held, State, append, replay

T = TypeVar("T")

KEPT, LOCK, NEW = "files", "lock", ".new-"
WAIT_SECONDS = 60
"""For another process to end its writing: noting a library of thousands takes seconds."""


@dataclass(frozen=True, slots=True)
class Version:
    """A change of a library and the version that it made."""

    name: str
    at: str
    """When it was noted: UTC, ISO 8601."""
    added: tuple[str, ...]
    """The doc_ids of new documents."""
    replaced: tuple[str, ...]
    """Those whose bytes are new."""
    described: tuple[str, ...]
    """Those of whom only the facts changed, which makes no new version."""
    withdrawn: tuple[str, ...]
    is_bank_changed: bool


def record(folder: Path) -> str:
    """Note the present state of a corpus in its history if it is new; return its version.

    Raises:
        CorpusError: as from ``read_corpus``.
        LibraryError: if the history is damaged, or another process writes to it for too long.
        OSError: if the history cannot be written.

    """
    corpus = read_corpus(folder)
    now = present(corpus)
    with _writing(folder) as history:
        _keep(history, [folder / BANK / name for name in now.bank])
        last = next((state for _, _, state in deque(replay(history), maxlen=1)), State())
        documents, bank = _changed(last.documents, now.documents), _changed(last.bank, now.bank)
        if documents or bank:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            append(history, Delta(corpus.version, at, documents, bank))
    return corpus.version


def keep(folder: Path, files: Iterable[Path]) -> None:
    """Keep the bytes of files that a change is about to take away.

    Raises:
        LibraryError: if another process writes to the history for too long.
        OSError: if a file cannot be read, or its copy not be written.

    """
    with _writing(folder) as history:
        _keep(history, files)


def versions(folder: Path) -> tuple[Version, ...]:
    """Return the changes of a corpus that were recorded, oldest first; none if none was.

    Raises:
        LibraryError: if the history is damaged.

    """
    return tuple(_version(delta, before) for delta, before, _ in replay(folder / HISTORY))


def present(corpus: Corpus) -> State:
    """Return the state of a corpus as it is now."""
    documents = {source.doc_id: Held(source.csl, _files(source)) for source in corpus.sources}
    bank = sorted(p for p in (corpus.folder / BANK).glob("*.json*") if not unfit(p))
    return State(documents, {path.name: file_digest(path) for path in bank})


def kept_as(history: Path, digest: str, name: Path) -> Path:
    """Return where the bytes of a file with this digest and name are kept, if they are."""
    return history / KEPT / f"{digest}{name.suffix}"


def _version(delta: Delta, before: State) -> Version:
    added, replaced, described = [], [], []
    for doc_id, held in delta.documents.items():
        earlier = before.documents.get(doc_id)
        if held and not earlier:
            added.append(doc_id)
        elif held and earlier and held.files != earlier.files:
            replaced.append(doc_id)
        elif held:
            described.append(doc_id)
    withdrawn = tuple(doc_id for doc_id, held in delta.documents.items() if held is None)
    changes = (tuple(added), tuple(replaced), tuple(described), withdrawn)
    return Version(delta.version, delta.at, *changes, bool(delta.bank))


def _changed(before: Mapping[str, T], now: Mapping[str, T]) -> dict[str, T | None]:
    """Return what is new or different, and None for what is gone."""
    gone: dict[str, T | None] = {name: None for name in before if name not in now}
    return gone | {name: value for name, value in now.items() if before.get(name) != value}


def _files(source: Source) -> dict[str, str]:
    pages = {source.pdf.name: source.pdf_sha256} if source.pdf else {}
    return {source.path.name: source.sha256} | pages


def _keep(history: Path, files: Iterable[Path]) -> None:
    kept = history / KEPT
    kept.mkdir(exist_ok=True)
    for left in kept.glob(f"{NEW}*"):  # by a process that was killed
        left.unlink()
    for path in files:
        copy = kept_as(history, file_digest(path), path)
        if not copy.exists():
            new = copy.with_name(f"{NEW}{copy.name}")
            shutil.copyfile(path, new)
            flush(new)
            new.replace(copy)
    flush(kept)  # before the originals go


@contextmanager
def _writing(folder: Path) -> Iterator[Path]:
    """Yield the folder of the history; other processes wait for their turn."""
    history = folder / HISTORY
    history.mkdir(exist_ok=True)
    try:
        with locked(history / LOCK, WAIT_SECONDS):
            yield history
    except BusyError as error:
        raise LibraryError(
            f"another process is changing {folder}; wait until it ends, then try again"
        ) from error
