"""Headings: short lines that differ from the text by their type."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.measures import Measures
from ingest.references import is_reference_heading

MAX_LINES, MAX_WORDS = 3, 16
LARGER = 0.8
"""Points by which a heading's type is larger than the text's."""
SAME_SIZE = 0.6
"""Points."""
SENTENCE = re.compile(r"[A-Z][^.]*(?:\s\S+){2,}\.$")
PROSE = 60
"""Characters of the shortest paragraph that shows a heading above it to be one."""
SMALLEST = 0.7
"""Of the text's size: bold headings in a font that looks larger."""
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[^\W\d_]{2})")
NO_HEADING = re.compile(
    r".*(?:[,;]|\b(?:and|of|the|in|with|for|to|by|or|a))$|.*@|.*://|(?:figure|fig\.|table)\s*\d"
    r"|\W*\d[\d\s.,%±–()-]*$",
    re.I,
)
USUAL = re.compile(
    r"abstract|summary|introduction|background|(?:materials?|patients?|subjects?) and methods"
    r"|methods?(?: and materials?)?|methodology|results?|results? and discussion|discussion"
    r"|conclusions?|concluding remarks|case (?:report|presentation|description)s?|limitations?"
    r"|acknowledge?ments?|funding|conflicts? of interests?|competing interests?|abbreviations?"
    r"|author(?:s['’]?|['’]s)? contributions?|declarations?|ethics(?: statement)?"
    r"|(?:aims?|objectives?|purpose)(?:\(s\))?",
    re.I,
)
"""What sections of papers are called: such a line alone is a heading, however it is set."""
TITLE_ZONE = 0.65
"""Part of the first page, from the top, in which its title stands."""
TITLE_WORDS = 4
NO_TITLE = re.compile(
    r"(?:open(?: access)?|(?:mini |short |systematic )?review(?: article)?|short communication"
    r"|original (?:article|research|paper|contribution)s?|research(?: article| paper)?|article"
    r"|case (?:report|series|study)|letter(?: to the editor)?|editorial|brief report)\W*"
    r"|(?:\S+ ){0,8}(?:journal|annals|archives|bulletin|acta)(?: \S+){0,8}",
    re.I,
)


def mark_headings(parts: Sequence[Part], measures: Measures) -> None:
    """Mark the title and the headings among the paragraphs, with their levels."""
    title = find_title(parts, measures)
    likely = [
        part is not title and part.kind == "paragraph" and is_heading(part, measures)
        for part in parts
    ]
    found = [
        part
        for at, part in enumerate(parts)
        if likely[at] and (is_usual(part.text) or _introduces_text(parts, likely, at, measures))
    ]
    found = _without_front(found)
    for part in found:
        part.kind = "heading"
    if title is not None:
        title.kind, title.level = "heading", 1
    _set_levels(found)


def _introduces_text(
    parts: Sequence[Part], likely: Sequence[bool], at: int, measures: Measures
) -> bool:
    """Whether text comes next, and not another label of the same table or figure."""
    for other, is_likely in zip(parts[at + 1 :], likely[at + 1 :], strict=True):
        if other.kind == "caption" or is_likely:
            continue
        return is_prose(other, measures)
    return False


def is_prose(part: Part, measures: Measures) -> bool:
    """Whether a part is set like the text, and long enough to be some of it, or a sentence."""
    is_own = abs(part.size - measures.size) < SAME_SIZE
    is_long = len(part.text) > PROSE or SENTENCE.match(part.text) is not None
    return is_own and is_long and not any(line.n_segments > 2 for line in part.lines[:2])


def _without_front(headings: list[Part]) -> list[Part]:
    """Leave out what stands before the first usual heading: authors, kinds of article, boxes."""
    first = next((at for at, part in enumerate(headings) if is_usual(part.text)), 0)
    return headings[first:]


def find_title(parts: Sequence[Part], measures: Measures) -> Part | None:
    """Return the largest type in the upper part of the first page."""
    first = min((part.first.page for part in parts), default=0)
    candidates = [
        part
        for part in parts
        if part.kind == "paragraph"
        and part.first.page == first
        and part.first.base < TITLE_ZONE * _height(parts, first)
        and part.size > measures.size + LARGER
        and len(part.text.split()) >= TITLE_WORDS
        and not NO_TITLE.fullmatch(part.text.strip())
    ]
    return max(candidates, key=lambda part: part.size, default=None)


def _height(parts: Sequence[Part], page: int) -> float:
    return max(part.last.base for part in parts if part.first.page == page) * 1.1


def is_heading(part: Part, measures: Measures) -> bool:
    """Whether a paragraph is short, begins like a heading, and is set like one."""
    text = part.text
    if len(part.lines) > MAX_LINES or len(text.split()) > MAX_WORDS or NO_HEADING.match(text):
        return False
    if sum(letter.isalpha() for letter in text) < 3 or not _begins_like_one(text):
        return False
    if is_usual(text) or is_reference_heading(text):
        return True
    return _is_set_like_one(part, text, measures)


def is_usual(text: str) -> bool:
    """Whether a line is what sections of papers are called, with or without a number."""
    return USUAL.fullmatch(NUMBERED.sub("", text, count=1).strip(" .:")) is not None


def _begins_like_one(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit()


def _is_set_like_one(part: Part, text: str, measures: Measures) -> bool:
    if any(line.n_segments > 1 for line in part.lines) and not NUMBERED.match(text):
        return False
    is_bold = not measures.is_bold and all(line.is_bold for line in part.lines)
    if part.size < measures.size - LARGER:
        return is_bold and part.size > SMALLEST * measures.size
    return (
        part.size > measures.size + LARGER
        or is_bold
        or (text.isupper() and len(text.split()) < MAX_WORDS)
        or (len(part.lines) == 1 and part.first.is_italic and not text.endswith("."))
        or (NUMBERED.match(text) is not None and not text.endswith("."))
        or (all(line.font not in measures.fonts for line in part.lines) and not text.endswith("."))
    )


def _set_levels(headings: Sequence[Part]) -> None:
    """Number the levels: by the headings' own numbers, else by how large and strong they are.

    The usual headings are of level 2, and so is what is set larger than they are.
    """
    styles = sorted({_style(part) for part in headings}, reverse=True)
    usual = [styles.index(_style(part)) for part in headings if is_usual(part.text)]
    top = min(usual, default=0)
    for part in headings:
        number = NUMBERED.match(part.text)
        rank = 0 if is_usual(part.text) else styles.index(_style(part)) - top
        depth = number[1].count(".") if number else min(max(rank, 0), 3)
        part.level = 2 + depth


def _style(part: Part) -> tuple[float, bool, bool]:
    return (round(part.size), part.text.isupper(), part.first.is_bold)
