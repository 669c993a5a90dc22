"""Headings that a DOCX marks by type alone, and its title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.parsers.docx.kinds.part import Part
from ingest.parsers.docx.reading.styles import TITLE, Styles
from ingest.references import is_reference_heading

ENDS_LIKE_TEXT = re.compile(r"[.!:;,…][\"”’')\]]*$")
"""A question in bold is a heading, as in leaflets."""
HEADING_WORDS = 16
TITLE_WORDS = range(3, 31)
FIRST = 3
"""Paragraphs among which the title is, before any heading."""
LARGER = 1.0
"""Points by which a title is larger than the text."""


def mark_headings(parts: Sequence[Part], styles: Styles) -> None:
    """Mark the headings that no style marks, then the title, level 1.

    Those are what stands above the references, and short bold paragraphs: all of them where no
    style marks any heading, else those under a heading, as lower ones.
    """
    _mark_by_type(parts)
    title = _title(parts, styles)
    if title is not None:
        title.kind, title.level = "heading", 0
    if title is not None or not are_marked(parts):
        for part in parts:
            part.level += part.kind == "heading"


def _mark_by_type(parts: Sequence[Part]) -> None:
    level = 0 if any(part.kind == "heading" for part in parts) else 1
    for part in parts:
        if part.kind == "heading":
            level = part.level + 1
        elif part.kind == "paragraph" and is_reference_heading(part.text):
            part.kind, part.level = "heading", 1
        elif level and _is_bold_heading(part):
            part.kind, part.level = "heading", level


def are_marked(parts: Sequence[Part]) -> bool:
    """Whether headings other than that of the references were found: if not, others are guessed."""
    found = (part.text for part in parts if part.kind == "heading")
    return any(not is_reference_heading(text) for text in found)


def _is_bold_heading(part: Part) -> bool:
    text = part.text
    return (
        part.kind == "paragraph"
        and part.paragraph.is_bold
        and len(text.split()) <= HEADING_WORDS
        and not ENDS_LIKE_TEXT.search(text)
    )


def _title(parts: Sequence[Part], styles: Styles) -> Part | None:
    """Return the paragraph that is the title, unless it is a heading like the others."""
    held = [part for part in parts if part.text]
    first = next((at for at, part in enumerate(held) if part.kind == "heading"), None)
    for part in held[:first]:
        if styles.is_named(part.paragraph.style, TITLE):
            return part
    body = _body_size(held)
    for part in held[: FIRST if first is None else min(first, FIRST)]:
        if _looks_like_title(part, body):
            return part
    is_by_type = first == 0 and not any(part.paragraph.level for part in held)
    return held[0] if is_by_type else None


def _looks_like_title(part: Part, body: float) -> bool:
    paragraph = part.paragraph
    stands_out = paragraph.is_bold or (0 < body <= paragraph.size - LARGER)
    return (
        part.kind == "paragraph"
        and stands_out
        and len(part.text.split()) in TITLE_WORDS
        and not ENDS_LIKE_TEXT.search(part.text)
    )


def _body_size(parts: Sequence[Part]) -> float:
    sizes: Counter[float] = Counter()
    for part in parts:
        sizes += part.paragraph.sizes
    return sizes.most_common(1)[0][0] if sizes else 0.0
