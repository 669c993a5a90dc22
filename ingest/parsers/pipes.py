"""The cells of a row of a Markdown table, which bars part."""

from __future__ import annotations

import re
from collections.abc import Iterator

BAR = re.compile(r"(?<!\\)\|")
"""A bar that no backslash makes a character of its cell."""


def cells(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each cell of a row begins and ends; the outer bars may be there or not."""
    line = source[start:end]
    first = start + len(line) - len(line.lstrip())
    last = start + len(line.rstrip())
    bars = [bar.start() for bar in BAR.finditer(source, first, last)]
    if bars and bars[0] == first:
        first = bars.pop(0) + 1
    if bars and bars[-1] == last - 1:
        last = bars.pop()
    for bar in [*bars, last]:
        yield first, max(bar, first)
        first = bar + 1
