"""The characters of a DOCX as one string, paragraph by paragraph: what ``Draft.source`` is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from ingest.document import Dropped, Span
from ingest.parsers.docx.reading.paragraphs import BLANK, Paragraph
from ingest.parsers.docx.reading.styles import Look
from ingest.parsers.inline.tags import RAISED_DIGITS

SYMBOL_FONTS = frozenset(
    {"symbol", "symbol mt", "wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett"}
    | {"mt extra", "zapfdingbats", "zapf dingbats", "itc zapf dingbats", "monotype sorts"}
)
"""Fonts in which "m" looks like µ."""
UNKNOWN = frozenset({"Cc", "Co", "Cn", "Cs"})
HOLE = "\ufffc"
"""Stands in the source where the file has a formula that is a picture to us."""


class Characters:
    """All that was read so far: every character once, and what was left out of it and why.

    What is left out of a paragraph follows it, so that the text of each is in one piece.
    """

    def __init__(self) -> None:
        self.length = 0
        self.doubtful: list[int] = []
        self._parts: list[str] = []
        self._dropped: list[Dropped] = []

    @property
    def text(self) -> str:
        """All characters."""
        return "".join(self._parts)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What was left out."""
        return tuple(self._dropped)

    def write(self, paragraph: Paragraph) -> None:
        """Append a paragraph, and tell it where its letters are."""
        start = self.length
        self._add("".join(paragraph.letters) + "\n")
        paragraph.at = list(range(start, start + len(paragraph.letters)))
        paragraph.end = self.length - 1
        self.doubtful += (start + place for place in paragraph.doubtful)
        for (_, reason), texts in groupby(paragraph.left_out, key=lambda one: one[:2]):
            self.drop("".join(text for _, _, text in texts), reason)

    def drop(self, text: str, reason: str) -> None:
        """Append characters that are left out, if they are more than white space."""
        if text.strip():
            self._dropped.append(Dropped(Span(self.length, self.length + len(text)), text, reason))
            self._add(text + "\n")

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)


def as_shown(text: str, look: Look) -> str:
    """Return characters as they look: raised digits are raised, "10" and "6" are not 106."""
    if not look.is_raised:
        return text
    if any(code.isalpha() for code in text):
        return "".join(code.translate(RAISED_DIGITS) if code.isdigit() else code for code in text)
    return text.translate(RAISED_DIGITS)


def doubts(text: str, font: str) -> Iterator[int]:
    """Yield the places of the characters of which a file does not say what they are.

    Those are private ones and control codes, formulas that are pictures, and the letters and
    digits that a font for symbols draws as something else.
    """
    is_symbol = font.lower() in SYMBOL_FONTS
    for place, code in enumerate(text):
        if code in BLANK:
            continue
        is_unknown = code in "\ufffd" + HOLE or unicodedata.category(code) in UNKNOWN
        if is_unknown or (is_symbol and code.isalnum()):
            yield place
