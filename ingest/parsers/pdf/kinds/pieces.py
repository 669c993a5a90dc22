"""From lines to the pieces of a block: one text, and the place in the source of all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import Piece
from ingest.document import SeamKind, Span
from ingest.parsers.inline.tags import RAISED_DIGITS
from ingest.parsers.pdf.kinds.hyphens import HYPHENS, Vocabulary
from ingest.parsers.pdf.layout.lines import Line

RAISED = re.compile(r"[-+−–,\d\s]+")
"""A superscript of numbers."""


@dataclass(slots=True)
class _Text:
    """The characters of a block while it is written."""

    source: str
    letters: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    seams: dict[int, SeamKind] = field(default_factory=dict)
    """What lies before a character, by its position."""

    def add(self, line: Line, skip: int = 0) -> None:
        """Append a line from its ``skip``-th character on, without hyphens that nobody sees."""
        last, text = len(line.text) - 1, _as_raised(line)
        for place in range(skip, len(text)):
            if text[place] != "\u00ad" or place == last:
                self.letters.append(text[place])
                self.at.append(line.at[place])

    def break_line(self, following: int) -> None:
        """Part two lines by a space: the file's own white space if nothing else is between."""
        end = self.at[-1] + 1
        between = self.source[end:following] if following > end > 0 else ""
        self.letters.append(" ")
        self.at.append(end if between and not between.strip() else -1)

    def note_seam(self, line: Line, skip: int) -> None:
        """Note that something lies between the text so far and a line, if something does."""
        first = line.at[skip]
        end = max(self.at[-1], self.at[-2] if len(self.at) > 1 else -1) + 1
        if first < end or self.source[end:first].strip():
            self.seams[len(self.letters)] = "break"


def pieces_of(
    lines: Sequence[Line], source: str, words: Vocabulary, skip: int = 0
) -> tuple[Piece, ...]:
    """Return the text of consecutive lines.

    Args:
        lines: of one block, in order.
        source: the characters of the file.
        words: decides on hyphens at line ends.
        skip: characters to leave out at the beginning, such as an entry's number.

    """
    text = _Text(source)
    for number, line in enumerate(lines):
        leave = skip if number == 0 else 0
        if number:
            _join(text, lines[number - 1], line, words)
        text.add(line, leave)
    if text.letters and text.letters[-1] == "\u00ad":
        text.letters.pop(), text.at.pop()
    return tuple(_pieces(text))


def pieces_within(line: Line, start: int, end: int) -> tuple[Piece, ...]:
    """Return the characters of a part of one line, such as a cell of a table."""
    text = _Text("", [*line.text[start:end]], line.at[start:end])
    return tuple(_pieces(text))


def _as_raised(line: Line) -> str:
    """Return the characters of a line, its raised digits as such: 10⁶ is not 106."""
    letters = list(line.text)
    for start, end in line.raised:
        if RAISED.fullmatch(line.text[start:end]):
            letters[start:end] = line.text[start:end].translate(RAISED_DIGITS)
    return "".join(letters)


def _join(text: _Text, above: Line, line: Line, words: Vocabulary) -> None:
    if not (
        above.ends_in_hyphen
        and text.letters[-1] in HYPHENS
        and len(text.letters) > 1
        and text.letters[-2] != " "
    ):
        text.note_seam(line, 0)
        text.break_line(line.at[0])
        _move_seam(text)
        return
    if text.letters[-1] != "\u00ad" and words.keeps_hyphen(above.text, line.text):
        text.note_seam(line, 0)
        return
    text.letters.pop()
    text.at.pop()
    text.seams[len(text.letters)] = "hyphen"


def _move_seam(text: _Text) -> None:
    """Put a seam behind the space that was added, before the next line's first character."""
    place = len(text.letters) - 1
    if place in text.seams:
        text.seams[place + 1] = text.seams.pop(place)
        text.at[place] = -1


def _pieces(text: _Text) -> Iterator[Piece]:
    start = 0
    for place in range(1, len(text.letters) + 1):
        if place == len(text.letters) or _is_cut(text, place):
            yield _piece(text, start, place)
            start = place


def _is_cut(text: _Text, place: int) -> bool:
    return place in text.seams or text.at[place] != text.at[place - 1] + 1 or text.at[place] == 0


def _piece(text: _Text, start: int, end: int) -> Piece:
    piece = Piece("".join(text.letters[start:end]), None, text.seams.get(start))
    if text.at[start] < 0:
        return piece
    return replace(piece, source=Span(text.at[start], text.at[start] + end - start))
