"""Which characters of a page are its text, and why the others are not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ingest.parsers.pdf.pages import Page

OUTSIDE = "outside the page"
HIDDEN = "hidden text"
TWICE = "drawn twice"
TURNED_TEXT = "turned text"
WHOLE_PAGE = 0.5
"""Part of a page that an image covers if the page is a picture."""
SMALLEST = 1.5
"""Points below which nobody reads type on paper."""
SAME_PLACE = 1.0
"""Points within which a character is drawn over another to make it bold."""
SAME_WITHIN = 400
"""How many characters later pdfium may give a character drawn again: a line or two."""


def is_picture(page: Page) -> bool:
    """Whether a page is a picture without text."""
    return page.image_share > WHOLE_PAGE and not (page.faces >= 0).any()


def is_ocr_layer(page: Page) -> bool:
    """Whether the text of a page is invisible and lies over its picture."""
    shown = page.faces[page.faces >= 0]
    if not len(shown) or page.image_share <= WHOLE_PAGE:
        return False
    invisible = np.array([style.is_invisible for style in page.styles])
    return bool(invisible[shown].mean() > 0.5)


def sift(page: Page) -> dict[str, NDArray[np.bool_]]:
    """Return for each reason the characters of an upright page that are not its text."""
    ocr = is_ocr_layer(page)
    left, top, right, bottom = page.boxes.T
    placed = page.faces >= 0
    found = {OUTSIDE: np.zeros(len(placed), dtype=bool)}
    across, down = (left + right) / 2, (top + bottom) / 2
    inside = (across >= 0) & (across <= page.width) & (down >= 0) & (down <= page.height)
    found[OUTSIDE] = placed & ~inside
    found[HIDDEN] = placed & _hidden(page, ocr=ocr)
    turned = np.array([not style.is_upright for style in page.styles] + [False])
    found[TURNED_TEXT] = placed & turned[page.faces]
    found[TWICE] = _twice(page)
    return found


def _hidden(page: Page, *, ocr: bool) -> NDArray[np.bool_]:
    """Invisible, clipped away, white on nothing dark, or too small to be read."""
    styles = page.styles
    invisible = np.array([s.is_invisible and not ocr for s in styles] + [False])
    white = np.array([s.is_white and not (s.is_invisible and ocr) for s in styles] + [False])
    small = np.array([s.size < SMALLEST for s in styles] + [False])
    covered = page.covered if page.covered is not None else np.zeros(len(page.faces), dtype=bool)
    hidden: NDArray[np.bool_] = (
        invisible[page.faces] | small[page.faces] | (white[page.faces] & ~covered)
    )
    return hidden | page.clipped


def _twice(page: Page) -> NDArray[np.bool_]:
    """Return which characters equal one shortly before them in letter and place."""
    twice = np.zeros(len(page.text), dtype=bool)
    seen: dict[tuple[str, int, int], int] = {}
    places = np.nan_to_num(np.round(page.boxes[:, :2] / SAME_PLACE), nan=-1).astype(int).tolist()
    for at, (code, (x, y)) in enumerate(zip(page.text, places, strict=True)):
        if x < 0 or code == " ":
            continue
        earlier = [seen.get((code, x + dx, y + dy), -1) for dx in (0, -1, 1) for dy in (0, -1, 1)]
        if _is_again(page, at, max(earlier)):
            twice[at] = True
        else:
            seen[code, x, y] = at
    return twice


def _is_again(page: Page, at: int, earlier: int) -> bool:
    if earlier < 0 or at - earlier > SAME_WITHIN:
        return False
    if at - earlier == 1:  # two thin letters side by side: "ll" of small type, or a ligature
        return bool(np.abs(page.boxes[at] - page.boxes[earlier]).max() < SAME_PLACE / 4) and not (
            _shares_box(page, at)
        )
    return bool(np.abs(page.boxes[at] - page.boxes[earlier]).max() < SAME_PLACE)


def _shares_box(page: Page, at: int) -> bool:
    """Whether a character is part of a ligature, as "ff" is: its letters share one box."""
    width = page.boxes[at, 2] - page.boxes[at, 0]
    size = page.styles[page.faces[at]].size
    return bool(width > 0.45 * size)
