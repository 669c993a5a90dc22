"""Running heads, page numbers and the publisher's lines at the edge of a page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from ingest.parsers.pdf.layout.segments import Segment
from ingest.parsers.pdf.pages import Page

EDGE = 0.14
"""Part of a page's height at the top and at the bottom where running heads are looked for."""
LONG = 0.25
"""Part of a page's width from which a line shows where the text begins and ends."""
PAGE_NUMBER = re.compile(r"(?:page\W*)?(?:[a-z]?\d{1,5}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?", re.I)
PUBLISHER = re.compile(
    r"(?:https?://|www\.|doi\b|©|\(c\)|copyright\b|downloaded (?:from|by)|page number not for"
    r"|\(?page number|this is an open access|open access)",
    re.I,
)


def running_heads(
    pages: Sequence[Page], segments: Sequence[Sequence[Segment]]
) -> list[set[int]]:
    """Return for each page the positions of the segments that belong to no text of it.

    These are lines above or below the text, and either repeated on other pages (whatever numbers
    they hold), or a page number, or how publishers begin the lines they add.
    """
    top, bottom = _frame(pages, segments)
    candidates: list[list[tuple[int, str]]] = [
        [
            (at, _text(page, segment))
            for at, segment in enumerate(of_page)
            if _at_edge(segment, page, top, bottom)
        ]
        for page, of_page in zip(pages, segments, strict=True)
    ]
    on_pages: dict[str, set[int]] = defaultdict(set)
    for number, found in enumerate(candidates):
        for _, text in found:
            on_pages[_pattern(text)].add(number)
    enough = max(2, min(3, len(pages) // 3))
    return [
        {
            at
            for at, text in found
            if len(on_pages[_pattern(text)]) >= enough
            or PAGE_NUMBER.fullmatch(text.strip())
            or PUBLISHER.match(text)
        }
        for found in candidates
    ]


def _text(page: Page, segment: Segment) -> str:
    return "".join(page.text[glyph] for glyph in segment.glyphs.tolist()).strip()


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.lower().split()))


def _at_edge(segment: Segment, page: Page, top: float, bottom: float) -> bool:
    share = segment.base / max(page.height, 1.0)
    return (share < EDGE and segment.base < top) or (share > 1 - EDGE and segment.top > bottom)


def _frame(pages: Sequence[Page], segments: Sequence[Sequence[Segment]]) -> tuple[float, float]:
    """Return between which heights the text of most pages stands, in points from the top."""
    sizes = Counter[float]()
    for of_page in segments:
        for segment in of_page:
            sizes[round(segment.size, 1)] += len(segment.glyphs)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    firsts, lasts = zip(*_extremes(pages, segments, body), strict=True) if sizes else ((0,), (0,))
    return float(np.median(firsts)) - 1.0, float(np.median(lasts)) + 1.0


def _extremes(
    pages: Sequence[Page], segments: Sequence[Sequence[Segment]], body: float
) -> Iterator[tuple[float, float]]:
    for page, of_page in zip(pages, segments, strict=True):
        long = [s for s in of_page if s.width > LONG * page.width and abs(s.size - body) < 0.6]
        if long:
            yield min(s.top for s in long), max(s.base for s in long)
    yield from [(EDGE * page.height / 2, (1 - EDGE / 2) * page.height) for page in pages[:1]]
