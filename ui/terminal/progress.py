"""A progress bar for people; nothing for pipes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done and how much there is."""

_CELLS = 24
_CLEAR = "\r\x1b[2K"


def progress_bar(stream: TextIO) -> Progress | None:
    """Return a bar that redraws one line of ``stream``, or None if that is no terminal."""
    if not stream.isatty():
        return None

    def draw(step: str, done: int, total: int) -> None:
        filled = _CELLS * done // total if total else _CELLS
        bar = "█" * filled + "░" * (_CELLS - filled)
        stream.write(f"{_CLEAR}{step:<20.20} {bar} {done}/{total}")
        stream.flush()

    return draw


def clear(stream: TextIO) -> None:
    """Remove the bar from a terminal; a pipe never had one."""
    if stream.isatty():
        stream.write(_CLEAR)
        stream.flush()
