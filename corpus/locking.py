"""Keep two processes from changing one folder at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import BusyError


@contextmanager
def locked(path: Path, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock file at ``path``, which stays; the system frees it even if a process is killed.

    Raises:
        BusyError: if another process holds it for longer than ``wait_seconds``.

    """
    lock = FileLock(path, preserve_lock_file=True)  # which says whose folder it is
    try:
        acquired = lock.acquire(timeout=wait_seconds, blocking=wait_seconds > 0)
    except Timeout as error:
        raise BusyError(f"{path} is held by another process. Wait until it ends.") from error
    with acquired:
        yield
