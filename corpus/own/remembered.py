"""Digests of files that were hashed before, so that opening a library does not read all of it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.digests import Digest, file_digest
from corpus.own.home import home
from corpus.replacing import replace_text

FOLDER = "digests"
"""Of the user's data folder."""
SETTLED_NS = 2_000_000_000
"""Age from which a file's times tell its next change: some file systems count in two seconds."""


@contextmanager
def remembered(folder: Path) -> Iterator[Digest]:
    """Yield what returns the SHA-256 of files of a corpus: of those that look as before, unread.

    A file is hashed unless its size, its number on the disk and both its times (of change, and of
    the change of anything about it, which no program can set) are those of when it was hashed.
    The digests are kept in the user's data folder, never beside an index: whoever may write to an
    index must not decide what the files of the library are.

    Args:
        folder: of the corpus.

    """
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    path = home() / FOLDER / f"{name}.json"
    before = _read(path)
    now: dict[str, list[object]] = {}

    def digest(file: Path) -> str:
        looks, known = _looks(file), before.get(str(file))
        sha256 = str(known[-1]) if known and known[:-1] == looks else file_digest(file)
        if looks == _looks(file) and time.time_ns() - max(looks[2:]) > SETTLED_NS:
            now[str(file)] = [*looks, sha256]
        return sha256

    yield digest
    if now != before:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            replace_text(path, json.dumps(now))


def _looks(file: Path) -> list[int]:
    status = file.stat()
    return [status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns]


def _read(path: Path) -> dict[str, list[object]]:
    try:
        found = json.loads(path.read_bytes())
        whole = isinstance(found, dict) and all(
            isinstance(one, list) and len(one) == 5 for one in found.values()
        )
    except (OSError, ValueError, RecursionError):
        return {}
    return found if whole else {}
