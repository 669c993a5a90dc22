"""Lines: the segments of a column that stand beside each other, with their text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ingest.parsers.pdf.layout.segments import SMALL, Segment
from ingest.parsers.pdf.pages import Face, Page

SPACE = 0.22
"""In em beyond the usual gap between letters: a wider one is a space."""
NO_SPACE = 0.06
"""In em beyond the usual gap: pdfium's own space in a narrower one is none."""
FEW = 4
"""Gaps from which a usual one can be told."""
OVERLAP = 0.4
"""Part of the height that two segments of one line have in common."""
RAISED = 0.12
"""In em above the base line: a superscript."""


@dataclass(slots=True)
class Line:
    """A line of a column; places in points, from the upper left corner of the page as read."""

    page: int
    column: int
    """Position of its column on the page, in reading order."""
    text: str
    at: list[int]
    """Offset in the source of each character of the text; -1 for a space that is not there."""
    left: float
    right: float
    base: float
    size: float
    font: str
    """Of most of its characters."""
    is_bold: bool
    is_italic: bool
    n_segments: int
    lead: Face
    """The face of its first letter."""
    bold_to: int = 0
    """How many of its first characters are bold."""
    raised: list[tuple[int, int]] = field(default_factory=list)
    """Where in the text superscripts are, half-open."""
    ends_in_hyphen: bool = False
    edges: tuple[float, float] = (0.0, 0.0)
    """Left and right of its column."""
    segments: list[tuple[int, float, float]] = field(default_factory=list)
    """Where each of its segments begins in the text, and its left and right."""

    @property
    def top(self) -> float:
        """About where its capitals end."""
        return self.base - 0.72 * self.size

    @property
    def bottom(self) -> float:
        """About where its descenders end."""
        return self.base + 0.22 * self.size


def lines_of(column: Sequence[Segment], page: Page, number: int) -> list[Line]:
    """Return the lines of a column from the top."""
    rows: list[list[Segment]] = []
    for segment in sorted(column, key=lambda s: (s.base, s.left)):
        row = next((r for r in reversed(rows[-4:]) if _beside(r, segment)), None)
        if row is None:
            rows.append([segment])
        else:
            row.append(segment)
    made = [_line(sorted(row, key=lambda s: s.left), page, number) for row in rows]
    made.sort(key=lambda line: line.base)
    left, right = min(s.left for s in column), max(s.right for s in column)
    for line in made:
        line.edges = (left, right)
    return made


def _beside(row: list[Segment], segment: Segment) -> bool:
    largest = max(row, key=lambda s: s.size)
    top, bottom = max(largest.top, segment.top), min(largest.bottom, segment.bottom)
    height = min(largest.bottom - largest.top, segment.bottom - segment.top)
    if bottom - top < OVERLAP * height:
        return False
    return not any(_overlaps(other, segment) for other in row)


def _overlaps(one: Segment, other: Segment) -> bool:
    """Whether two segments stand over each other, as lines that are set tight do."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0.5 * min(one.width, other.width) and abs(one.base - other.base) > 0.3 * max(
        one.size, other.size
    )


def _line(row: list[Segment], page: Page, number: int) -> Line:
    letters: list[str] = []
    at: list[int] = []
    glyphs: list[int] = []
    boxes = page.boxes
    end: float | None = None
    begun: list[tuple[int, float, float]] = []
    for segment in row:
        if letters and not letters[-1].isspace():
            letters.append(" ")
            at.append(-1)
            glyphs.append(-1)
            end = None
        begun.append((len(letters), segment.left, segment.right))
        usual = _usual_gap(segment, page)
        for glyph in segment.glyphs.tolist():
            code = page.text[glyph]
            if page.faces[glyph] < 0 or code.isspace():
                _add_space(letters, at, glyphs, page, glyph)
                continue
            left, right = boxes[glyph, 0], boxes[glyph, 2]
            em = page.styles[page.faces[glyph]].size
            if end is not None:
                _mind_gap(letters, at, glyphs, gap=(left - end) / em - usual)
            letters.append(code)
            at.append(page.start + glyph)
            glyphs.append(glyph)
            end = right
    line = _finished(row, page, number, letters, at, glyphs)
    line.segments = begun
    return line


def _usual_gap(segment: Segment, page: Page) -> float:
    """Return the median gap between two letters in em: below 0 where they are set tight."""
    own = segment.glyphs
    pairs = own[1:][(page.faces[own[1:]] >= 0) & (page.faces[own[:-1]] >= 0)]
    if len(pairs) < FEW:
        return 0.0
    gaps = page.boxes[pairs, 0] - page.boxes[pairs - 1, 2]
    return float(np.median(gaps)) / segment.size


def _add_space(
    letters: list[str], at: list[int], glyphs: list[int], page: Page, glyph: int
) -> None:
    if letters and not letters[-1].isspace():
        is_generated = page.faces[glyph] < 0
        letters.append(" " if is_generated else page.text[glyph])
        at.append(page.start + glyph)
        glyphs.append(-2 if is_generated else -1)


def _mind_gap(letters: list[str], at: list[int], glyphs: list[int], gap: float) -> None:
    """Add a space that the file leaves to the eye, take away one that nobody sees."""
    if not letters[-1].isspace() and gap > SPACE:
        letters.append(" ")
        at.append(-1)
        glyphs.append(-1)
    elif letters[-1] == " " and glyphs[-1] == -2 and gap < NO_SPACE:
        letters.pop()
        at.pop()
        glyphs.pop()


def _finished(
    row: list[Segment],
    page: Page,
    number: int,
    letters: list[str],
    at: list[int],
    glyphs: list[int],
) -> Line:
    while letters and letters[-1].isspace():
        letters.pop(), at.pop(), glyphs.pop()
    largest = max(row, key=lambda s: len(s.glyphs))
    faces = Counter(int(page.faces[g]) for g in glyphs if g >= 0 and page.text[g].isalnum())
    if not faces:
        faces = Counter(int(page.faces[g]) for g in glyphs if g >= 0)
    total = sum(faces.values())
    bold = sum(n for f, n in faces.items() if page.styles[f].is_bold)
    italic = sum(n for f, n in faces.items() if page.styles[f].is_italic)
    main = page.styles[faces.most_common(1)[0][0]]
    last = glyphs[-1]
    return Line(
        page=row[0].page,
        column=number,
        text="".join(letters),
        at=at,
        left=min(s.left for s in row),
        right=max(s.right for s in row),
        base=largest.base,
        size=largest.size,
        font=main.font,
        is_bold=bold > 0.9 * total,
        is_italic=italic > 0.9 * total,
        n_segments=len(row),
        lead=page.styles[page.faces[next(g for g in glyphs if g >= 0)]],
        bold_to=_bold_to(page, glyphs),
        raised=_raised(page, glyphs, largest),
        ends_in_hyphen=bool(page.hyphens[last]) or letters[-1] in "-\u2010\u00ad",
    )


def _bold_to(page: Page, glyphs: list[int]) -> int:
    bold = (at for at, g in enumerate(glyphs) if g >= 0 and not page.styles[page.faces[g]].is_bold)
    return next(bold, len(glyphs))


def _raised(page: Page, glyphs: list[int], main: Segment) -> list[tuple[int, int]]:
    """Return the stretches of a line that are superscripts."""
    found: list[tuple[int, int]] = []
    for place, glyph in enumerate(glyphs):
        if glyph < 0:
            continue
        is_small = page.styles[page.faces[glyph]].size < SMALL * main.size
        if not is_small or main.base - page.bases[glyph] <= RAISED * main.size:
            continue
        if found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
