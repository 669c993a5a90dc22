"""Running heads, page numbers and the publisher's lines at the edge of a page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from ingest.parsers.pdf.layout.segments import Segment
from ingest.parsers.pdf.pages import Page

EDGE = 0.14
"""Part of a page's height at the top and at the bottom where running heads are looked for."""
OFTEN = 0.4
"""Of a file's pages: what stands at the edge of so many is no text, wherever the text begins. The
head rows of long tables are on fewer, heads of left or right pages on half."""
LONG = 0.25
"""Part of a page's width from which a line shows where the text begins and ends."""
PAGE_NUMBER = re.compile(
    r"(?:page\W*)?(?:[a-z]?\d{1,5}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?", re.I
)
PUBLISHER = re.compile(
    r"(?:https?://|www\.|doi\b|©|\(c\)|copyright\b|downloaded (?:from|by)|page number not for"
    r"|\(?page number|this is an open access|open access)",
    re.I,
)


def running_heads(pages: Sequence[Page], segments: Sequence[Sequence[Segment]]) -> list[set[int]]:
    """Return for each page the positions of the segments that belong to no text of it.

    These are lines above or below the text, and either repeated on other pages (whatever numbers
    they hold), or a page number, or how publishers begin the lines they add.
    """
    texts = [
        {at: _text(page, s) for at, s in enumerate(of_page) if _is_at_edge(s, page)}
        for page, of_page in zip(pages, segments, strict=True)
    ]
    on_pages: dict[str, set[int]] = defaultdict(set)
    for number, found in enumerate(texts):
        for text in found.values():
            on_pages[_pattern(text)].add(number)
    often = {text for text, seen in on_pages.items() if len(seen) >= max(2, OFTEN * len(pages))}
    enough = max(2, min(3, len(pages) // 3))
    repeated = {text for text, seen in on_pages.items() if len(seen) >= enough}
    heads = [{at for at, text in found.items() if _pattern(text) in often} for found in texts]
    top, bottom = _frame(pages, segments, heads)
    for found, of_page, gone in zip(texts, segments, heads, strict=True):
        outside = {at for at in found if of_page[at].base < top or of_page[at].top > bottom}
        gone |= {at for at in outside if _is_furniture(found[at], repeated)}
    return heads


def _is_furniture(text: str, repeated: set[str]) -> bool:
    return (
        _pattern(text) in repeated
        or PAGE_NUMBER.fullmatch(text) is not None
        or PUBLISHER.match(text) is not None
    )


def _text(page: Page, segment: Segment) -> str:
    return "".join(page.text[glyph] for glyph in segment.glyphs.tolist()).strip()


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.lower().split()))


def _is_at_edge(segment: Segment, page: Page) -> bool:
    share = segment.base / max(page.height, 1.0)
    return share < EDGE or share > 1 - EDGE


def _frame(
    pages: Sequence[Page], segments: Sequence[Sequence[Segment]], heads: Sequence[set[int]]
) -> tuple[float, float]:
    """Return between which heights the text of most pages stands, in points from the top."""
    text = [
        [s for at, s in enumerate(of_page) if at not in gone]
        for of_page, gone in zip(segments, heads, strict=True)
    ]
    sizes = Counter[float]()
    for of_page in text:
        for segment in of_page:
            sizes[round(segment.size, 1)] += len(segment.glyphs)
    if not sizes:
        return 0.0, np.inf
    body = sizes.most_common(1)[0][0]
    tops, bottoms = [], []
    for page, of_page in zip(pages, text, strict=True):
        long = [s for s in of_page if s.width > LONG * page.width and abs(s.size - body) < 0.6]
        if long:
            tops.append(min(s.top for s in long))
            bottoms.append(max(s.base for s in long))
    if not tops:
        return 0.0, np.inf
    return float(np.median(tops)) - 1.0, float(np.median(bottoms)) + 1.0
