"""The log of a corpus's versions, ``history/versions.jsonl``: a line for each change.

A line holds what changed since the line before: documents set (their items and the digests of
their files) or gone, and files of the question bank. Played forwards, the lines give every state
that was recorded. A last line without its end, from a process that was killed, is no part of it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.replacing import flush
from library.errors import LibraryError

HISTORY, LOG = "history", "versions.jsonl"


@dataclass(frozen=True, slots=True)
class Held:
    """A document as a state holds it."""

    item: Mapping[str, Any]
    """Its item in ``sources.json``."""
    files: Mapping[str, str]
    """SHA-256 of each of its files, by its name in ``files/``; the document's own comes first."""


@dataclass(frozen=True, slots=True)
class State:
    """A corpus at one time."""

    documents: Mapping[str, Held] = field(default_factory=dict)
    """By doc_id, in the order of ``sources.json``."""
    bank: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each file of the question bank, by its name in ``questions/``."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed from one state to the next."""

    version: str
    """Of the state after it."""
    at: str
    """When it was noted: UTC, ISO 8601."""
    documents: Mapping[str, Held | None]
    """By doc_id; None for one that is gone."""
    bank: Mapping[str, str | None]
    """By name; None for a file that is gone."""


def replay(folder: Path) -> Iterator[tuple[Delta, State, State]]:
    """Yield each change with the state before and after it, oldest first.

    Raises:
        LibraryError: if a line that has its end is not one of the log.

    """
    state = State()
    for delta in _deltas(folder / LOG):
        before, state = state, after(state, delta)
        yield delta, before, state


def after(state: State, delta: Delta) -> State:
    """Return the state that a change makes of another."""
    documents = {**state.documents, **delta.documents}
    bank = {**state.bank, **delta.bank}
    return State(
        {doc_id: held for doc_id, held in documents.items() if held},
        {name: sha256 for name, sha256 in bank.items() if sha256},
    )


def append(folder: Path, delta: Delta) -> None:
    """Write a change to the end of the log, in place of a last line without its end."""
    record = {
        "version": delta.version,
        "at": delta.at,
        "documents": {
            doc_id: held and {"item": held.item, "files": held.files}
            for doc_id, held in delta.documents.items()
        },
        "bank": delta.bank,
    }
    line = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"
    with (folder / LOG).open("ab") as log:
        log.truncate(len(_whole(folder / LOG)))
        log.write(line)
        log.flush()
        os.fsync(log.fileno())
    flush(folder)


def _deltas(log: Path) -> Iterator[Delta]:
    for number, line in enumerate(_whole(log).splitlines(), start=1):
        try:
            yield _delta(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise LibraryError(
                f"{log}, line {number}: is not a change of a library; restore the file, "
                f"or move {log.parent} away to begin a new history"
            ) from error


def _delta(record: Mapping[str, Any]) -> Delta:
    documents = {
        str(doc_id): held and Held(dict(held["item"]), dict(held["files"]))
        for doc_id, held in record["documents"].items()
    }
    return Delta(str(record["version"]), str(record["at"]), documents, dict(record["bank"]))


def _whole(log: Path) -> bytes:
    """Return the lines of the log that have their ends."""
    data = log.read_bytes() if log.is_file() else b""
    return data[: data.rfind(b"\n") + 1]
