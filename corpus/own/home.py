"""The folder of the user's own data, and a key by which a user's work is known from others'."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import platformdirs

HOME_VARIABLE = "QUOTEWELL_HOME"
KEY, KEY_BYTES = "key", 32
"""The file with the key, and its length."""


def home(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the user's data: indexes, feedback, evaluation reports."""
    named = environment.get(HOME_VARIABLE)
    return Path(named) if named else platformdirs.user_data_path("quotewell", appauthor=False)


def own_key(environment: Mapping[str, str] = os.environ) -> bytes | None:
    """Return this user's key, 32 random bytes that are made once; nobody else may read them.

    Returns:
        None if it cannot be stored, or others could have read or written it.

    """
    path = home(environment) / KEY
    try:
        if not path.exists():
            _make(path)
        return path.read_bytes() if _is_private(path) else None
    except OSError:
        return None


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")  # mode 0600
    try:
        with open(descriptor, "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        os.replace(name, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def _is_private(path: Path) -> bool:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_size != KEY_BYTES:
        return False
    if sys.platform == "win32":
        return True  # the user's folder is private there; modes say nothing
    return status.st_uid == os.getuid() and not status.st_mode & 0o077
