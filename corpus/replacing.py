"""Replace a file that somebody keeps, in one step, and have the disk hold what was written."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path


def replace_text(path: Path, text: str) -> None:
    """Replace an existing file: other programs see the old or the new one, never half of it.

    Its permissions stay as they were.

    Raises:
        OSError: if it cannot be replaced; it is as it was then.

    """
    real = path.resolve()  # a link stays a link
    prefix = _prefix(real)
    with tempfile.NamedTemporaryFile("wb", dir=real.parent, prefix=prefix, delete=False) as new:
        try:
            new.write(text.encode())
            new.flush()
            os.fsync(new.fileno())
            shutil.copymode(real, new.name)
            os.replace(new.name, real)
        except BaseException:
            os.unlink(new.name)
            raise
    flush(real.parent)


def left_of(path: Path) -> Iterator[Path]:
    """Yield what processes that were killed while they replaced a file have left beside it."""
    real = path.resolve()
    yield from real.parent.glob(f"{_prefix(real)}*")


def flush(path: Path) -> None:
    """Have the disk hold ``path``: the bytes of a file, or the names in a folder."""
    if path.is_dir() and sys.platform == "win32":
        return  # folders cannot be opened there
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)  # RDWR for Windows
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _prefix(path: Path) -> str:
    return f".{path.name}.new-"
