"""Paragraphs that go on in the next column or on the next page, beyond floats and footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.measures import Measures

ENDED = re.compile(r"[.!?:;…][\"”’')\]]*(?:\s?\[[\d,\s–-]+\])?\d{0,3}(?:[,–-]\d{1,3})*$")
SIZE_CHANGE = 0.3
REACH = 40
"""Parts between the two halves of a paragraph at most: a page of floats with their labels."""


def join_columns(parts: Sequence[Part], measures: Measures) -> list[Part]:
    """Join each paragraph that stops in mid-sentence at the end of its column with its next part.

    What lies between follows the joined paragraph.
    """
    left = list(parts)
    made: list[Part] = []
    while left:
        part = left.pop(0)
        made.append(part)
        while part.kind in ("paragraph", "item") and not ENDED.search(part.last.text):
            at = _continuation(part, left, measures)
            if at is None:
                break
            part.lines += left.pop(at).lines
    return made


def _continuation(part: Part, following: Sequence[Part], measures: Measures) -> int | None:
    """Return the position of what continues a part, or None."""
    for at, other in enumerate(following[:REACH]):
        if other.kind in ("caption", "aside", "notice"):
            continue
        if other.kind == "heading":
            return None
        if abs(other.first.size - part.last.size) > SIZE_CHANGE:
            continue
        return at if _fits(part, other) else None
    return None


def _fits(part: Part, other: Part) -> bool:
    above, line = part.last, other.first
    moved = (above.page, above.column) != (line.page, line.column)
    if other.kind != "paragraph" or (not moved and not line.text[0].islower()):
        return False
    if above.ends_in_hyphen or line.text[0].islower():
        return True
    is_full = above.right > above.edges[1] - 2 * above.size
    is_set_in = line.left > line.edges[0] + 0.7 * line.size
    return is_full and not is_set_in
