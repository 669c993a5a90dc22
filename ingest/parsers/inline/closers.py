"""Find closing strings in time that is linear over a whole text."""

from __future__ import annotations

import re
from bisect import bisect_left


class Closers:
    """The closing strings of one text, for a scanner that only goes forward."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}
        self._ticks: dict[int, list[int]] | None = None

    def find(self, closer: str, at: int) -> int:
        """Return where ``closer`` is next found from ``at``, or -1; ``at`` must never decrease."""
        found = self._next.get(closer, 0)
        if 0 <= found < at or closer not in self._next:
            found = self._next[closer] = self._text.find(closer, at)
        return found

    def ticks(self, length: int, at: int) -> int:
        """Return where the next run of ``length`` backticks begins from ``at`` on, or -1."""
        if self._ticks is None:
            self._ticks = {}
            for run in re.finditer("`+", self._text):
                self._ticks.setdefault(len(run.group()), []).append(run.start())
        starts = self._ticks.get(length, [])
        position = bisect_left(starts, at)
        return starts[position] if position < len(starts) else -1
