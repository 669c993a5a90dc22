"""What people see while they wait, on one line of a terminal; nothing for pipes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and the total."""

_CELLS = 24
_SOON = 3.0
"""Seconds from which the pace says how long the rest will take."""
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

    began: dict[str, float] = {}

    def draw(step: str, done: int, total: int) -> None:
        seconds = time.monotonic() - began.setdefault(step, time.monotonic())
        filled = _CELLS * done // total if total else _CELLS
        bar = "█" * filled + "░" * (_CELLS - filled)
        stream.write(f"{_CLEAR}{step:<20.20} {bar} {done}/{total}{_left(seconds, done, total)}")
        stream.flush()

    return draw


def _left(seconds: float, done: int, total: int) -> str:
    """Return how long the rest will take at this pace; empty as long as that is a guess."""
    if seconds < _SOON or not 0 < done < total:
        return ""
    left = seconds * (total - done) / done
    if left < 60:
        return f", {max(5, 5 * round(left / 5))} s left"
    return f", {round(left / 60)} min left"
