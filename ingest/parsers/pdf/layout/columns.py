"""The order in which the columns and bands of a page are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from ingest.parsers.pdf.layout.segments import Segment

TRIED = 150
"""Places at which a gutter is looked for."""
MARGIN = 0.2
"""Part of the text's width on either side in which no gutter is looked for."""
FILLED = 0.42
"""Of its side, the width of a line that shows a column; less than half, for the first gutter of
three columns leaves two of them on one side."""
PAIRS = 4
"""Lines that must stand beside others for a gutter."""
SLACK = 1.5
"""Points by which a line may reach over a gutter."""
NEXT_LINE = 1.6
"""In em: how far below a line the next one of its paragraph stands."""
DEPTH = 3
"""Gutters within gutters: two for three columns, one more for a side column."""

Column = list[Segment]


def columns(segments: Sequence[Segment], known: Iterable[float] = ()) -> list[Column]:
    """Return the segments of a page column by column, in reading order.

    Args:
        segments: of one page.
        known: gutters that other pages of the same width have.

    """
    return _columns(list(segments), list(known), DEPTH)


def common_gutters(pages: Sequence[Sequence[Segment]]) -> list[float]:
    """Return the gutters that at least two pages have, the most frequent first."""
    found = Counter(round(g / 3) for page in pages if (g := gutter(page)) is not None)
    return [3.0 * place for place, n in found.most_common(2) if n >= 2]


def gutter(segments: Sequence[Segment]) -> float | None:
    """Return where the page divides into columns, or None."""
    if len(segments) < 2 * PAIRS:
        return None
    left = np.array([s.left for s in segments])
    right = np.array([s.right for s in segments])
    tops = np.array([s.top for s in segments])
    bottoms = np.array([s.bottom for s in segments])
    first, last = float(left.min()), float(right.max())
    width = last - first
    runs: list[tuple[float, float]] = []
    for x in np.linspace(first + MARGIN * width, last - MARGIN * width, TRIED):
        on_left = (right <= x + SLACK) & (right - left > FILLED * (x - first))
        on_right = (left >= x - SLACK) & (right - left > FILLED * (last - x))
        pairs = _pairs(tops, bottoms, on_left, on_right)
        crossing = int(((left < x - SLACK) & (right > x + SLACK)).sum())
        runs.append((float(x), pairs - 0.2 * crossing if pairs >= PAIRS else -np.inf))
    best = max(score for _, score in runs)
    if best == -np.inf:
        return None
    at_best = [x for x, score in runs if score == best]
    return at_best[len(at_best) // 2]


def _pairs(tops: np.ndarray, bottoms: np.ndarray, on_left: np.ndarray, on_right: np.ndarray) -> int:
    """Return how many lines on one side stand beside one on the other."""
    if on_left.sum() < PAIRS or on_right.sum() < PAIRS:
        return 0
    beside = (tops[on_left][:, None] < bottoms[on_right][None, :]) & (
        bottoms[on_left][:, None] > tops[on_right][None, :]
    )
    return int(min(beside.any(axis=1).sum(), beside.any(axis=0).sum()))


def _columns(segments: list[Segment], known: list[float], depth: int) -> list[Column]:
    if not segments:
        return []
    x = _chosen(segments, known) if depth else None
    if x is None:
        return [segments]
    read: list[Column] = []
    for crosses, band in _bands(segments, x):
        if crosses:
            read += _columns(band, [], depth - 1)
        else:
            middle = [(s, (s.left + s.right) / 2 < x) for s in band]
            read += _columns([s for s, is_left in middle if is_left], [], depth - 1)
            read += _columns([s for s, is_left in middle if not is_left], [], depth - 1)
    return read


def _chosen(segments: list[Segment], known: list[float]) -> float | None:
    """Return the page's own gutter, or one that other pages have and no page of text crosses."""
    own = gutter(segments)
    if own is not None:
        return own
    for x in known:
        sides = {(s.left + s.right) / 2 < x for s in segments if not _crosses(s, x)}
        if len(sides) == 2:
            return x
    return None


def _crosses(segment: Segment, x: float) -> bool:
    return segment.left < x - SLACK and segment.right > x + SLACK


def _bands(segments: list[Segment], x: float) -> list[tuple[bool, list[Segment]]]:
    """Cut the page where lines cross the gutter: bands from the top, and whether they cross."""
    crossing = [s for s in segments if _crosses(s, x)]
    tops = np.array([s.top for s in crossing])
    bottoms = np.array([s.bottom for s in crossing])

    ordered = sorted(segments, key=lambda s: s.base)
    across: list[bool] = []
    for at, segment in enumerate(ordered):
        middle = (segment.top + segment.bottom) / 2
        is_beside = bool(((tops <= middle) & (bottoms >= middle)).any())
        across.append(is_beside or _ends_a_crossing(ordered, across, at))
    bands = groupby(zip(across, ordered, strict=True), key=lambda pair: pair[0])
    return [(is_across, [segment for _, segment in band]) for is_across, band in bands]


def _ends_a_crossing(ordered: list[Segment], across: list[bool], at: int) -> bool:
    """Whether a segment is the short last line of what crosses the gutter above it."""
    segment, above = ordered[at], ordered[at - 1]
    if not at or not across[at - 1] or abs(above.size - segment.size) > 0.3:
        return False
    step = segment.base - above.base
    below = ordered[at + 1] if at + 1 < len(ordered) else None
    is_alone = below is None or below.base - segment.base > 0.5 * segment.size
    return is_alone and 0 < step < NEXT_LINE * segment.size
