"""What people see while they wait, on one line of a terminal; nothing for pipes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and the total."""

_CELLS = 24
_CLEAR = "\r\x1b[2K"


@contextmanager
def waiting(stream: TextIO) -> Iterator[None]:
    """Say that something is loading; clear the line afterwards, whatever it shows by then."""
    if not stream.isatty():
        yield
        return
    try:
        stream.write("loading …")
        stream.flush()
        yield
    finally:
        stream.write(_CLEAR)
        stream.flush()


def erase(stream: TextIO) -> None:
    """Clear the line of a bar, before something else is printed."""
    if stream.isatty():
        stream.write(_CLEAR)
        stream.flush()


def progress_bar(stream: TextIO) -> Progress | None:
    """Return a bar that redraws one line of ``stream``, or None if that is not a terminal."""
    if not stream.isatty():
        return None

    def draw(step: str, done: int, total: int) -> None:
        filled = _CELLS * done // total if total else _CELLS
        bar = "█" * filled + "░" * (_CELLS - filled)
        stream.write(f"{_CLEAR}{step:<20.20} {bar} {done}/{total}")
        stream.flush()

    return draw
