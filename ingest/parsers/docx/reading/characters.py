"""The characters of a DOCX as one string, in the order of the file: what ``Draft.source`` is."""

from __future__ import annotations

import unicodedata

from ingest.document import Dropped, Span
from ingest.parsers.docx.reading.styles import Look
from ingest.parsers.inline.tags import RAISED_DIGITS

SYMBOL_FONTS = frozenset(
    {"symbol", "symbol mt", "wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett"}
    | {"mt extra", "zapfdingbats", "zapf dingbats", "itc zapf dingbats", "monotype sorts"}
)
"""Fonts in which "m" looks like µ."""
UNKNOWN = frozenset({"Cc", "Co", "Cn", "Cs"})
BLANK = " \t\n"
HOLE = "\ufffc"
"""Stands in the source where the file has a formula that is a picture to us."""


class Characters:
    """All that was read so far: every character once, and what was left out of it and why."""

    def __init__(self) -> None:
        self.length = 0
        self.doubtful: list[int] = []
        self._parts: list[str] = []
        self._dropped: list[tuple[int, int, str]] = []

    @property
    def text(self) -> str:
        """All characters."""
        return "".join(self._parts)

    @property
    def dropped(self) -> tuple[Dropped, ...]:
        """What was left out."""
        text = self.text
        return tuple(
            Dropped(Span(start, end), text[start:end], reason)
            for start, end, reason in self._dropped
            if text[start:end].strip()
        )

    def add(self, text: str, font: str = "") -> int:
        """Append characters that a font draws; return the offset of the first."""
        start = self.length
        is_symbol = font.lower() in SYMBOL_FONTS
        for at, code in enumerate(text, start):
            if _is_doubtful(code, is_symbol=is_symbol):
                self.doubtful.append(at)
        self._parts.append(text)
        self.length += len(text)
        return start

    def drop(self, text: str, reason: str) -> None:
        """Append characters that are left out."""
        start, end = self.length, self.length + len(text)
        self._parts.append(text)
        self.length = end
        last = self._dropped[-1] if self._dropped else None
        if last and last[1:] == (start, reason):
            self._dropped[-1] = (last[0], end, reason)
        elif text:
            self._dropped.append((start, end, reason))

    def end_line(self) -> int:
        """Part what was read from what comes; return the offset of the line's end."""
        self._parts.append("\n")
        self.length += 1
        return self.length - 1


def as_shown(text: str, look: Look) -> str:
    """Return characters as they look: raised digits are raised, "10" and "6" are not 106."""
    if not look.is_raised:
        return text
    if any(code.isalpha() for code in text):
        return "".join(code.translate(RAISED_DIGITS) if code.isdigit() else code for code in text)
    return text.translate(RAISED_DIGITS)


def _is_doubtful(code: str, *, is_symbol: bool) -> bool:
    if code in BLANK:
        return False
    if code == HOLE or code == "\ufffd" or unicodedata.category(code) in UNKNOWN:
        return True
    return is_symbol and code.isalnum()
