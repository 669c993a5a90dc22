"""A paragraph of a DOCX as it was read, before it is known what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import Piece, tidy
from ingest.document import Span
from ingest.parsers.docx.reading.styles import Look

BLANK = " \t\n"
SOFT_HYPHEN = "\u00ad"
PARTING = BLANK + SOFT_HYPHEN
Range = tuple[int, int]
"""Positions in ``Paragraph.letters``: of the first, and after the last."""
NoteKey = tuple[str, str]
"""Of a footnote or endnote: its part ("footnotes", "endnotes") and its id there."""


@dataclass(slots=True)
class Paragraph:
    """Characters with their places in the source, and what the file says of them."""

    style: str | None = None
    level: int = 0
    """Of a heading, from 1; 0 if the file does not say that it is one."""
    depth: int = 0
    """Of a list item, from 1."""
    letters: list[str] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    """Offset of each letter in the source, once it is written there."""
    doubtful: list[int] = field(default_factory=list)
    """Positions of the letters of which the file does not say what they are."""
    left_out: list[tuple[int, str, str]] = field(default_factory=list)
    """What is not text: before which letter, why, and what."""
    bold: int = 0
    """How many letters are bold."""
    sizes: Counter[float] = field(default_factory=Counter)
    """How many letters have each size in points."""
    raised: list[Range] = field(default_factory=list)
    cited: list[Range] = field(default_factory=list)
    """What a reference manager's fields show."""
    links: list[tuple[int, int, str]] = field(default_factory=list)
    sequence: str = ""
    """What its number counts, such as "Figure", if the file numbers it so."""
    is_contents: bool = False
    is_entry: bool = False
    """Whether a reference manager wrote it into its list."""
    is_label: bool = False
    """Whether it is text inside a drawing."""
    notes: list[tuple[NoteKey, int]] = field(default_factory=list)
    """Footnotes and endnotes that it refers to, each before a letter."""
    boxes: list[Paragraph | Table] = field(default_factory=list)
    """What the text boxes hold that are anchored in it."""
    begins_page: bool = False
    end: int = 0
    """Offset in the source of the end of its line."""

    @property
    def text(self) -> str:
        """Its characters, white space folded: for looking at, not for quoting."""
        return " ".join("".join(self.letters).split())

    @property
    def size(self) -> float:
        """The size of most of it in points; 0 if the file does not say it."""
        return self.sizes.most_common(1)[0][0] if self.sizes else 0.0

    @property
    def is_bold(self) -> bool:
        """Whether all of it is."""
        return 0 < sum(not letter.isspace() for letter in self.letters) <= self.bold

    def add(self, text: str, look: Look, doubtful: Iterable[int] = ()) -> None:
        """Append characters; some places among them may be doubtful."""
        first = len(self.letters)
        self.letters += text
        self.doubtful += (first + place for place in doubtful)
        n_visible = sum(not letter.isspace() for letter in text)
        self.sizes[look.size] += n_visible
        self.bold += n_visible if look.is_bold else 0
        if look.is_raised:
            if self.raised and self.raised[-1][1] == first:
                first = self.raised.pop()[0]
            self.raised.append((first, len(self.letters)))

    def leave_out(self, text: str, reason: str) -> None:
        """Take characters that are not text."""
        self.left_out.append((len(self.letters), reason, text))

    def take_line(self, other: Paragraph) -> None:
        """Append another paragraph, parted from this one by the end of a line; both are written."""
        self.letters.append("\n")
        self.at.append(self.end)
        self.go_on_with(other)
        self.end = other.end

    def go_on_with(self, other: Paragraph) -> None:
        """Append all of another paragraph: what parted the two was deleted."""
        shift = len(self.letters)
        self.letters += other.letters
        self.at += other.at
        self.doubtful += [place + shift for place in other.doubtful]
        self.left_out += [(place + shift, why, what) for place, why, what in other.left_out]
        self.bold += other.bold
        self.sizes += other.sizes
        self.raised += [(start + shift, end + shift) for start, end in other.raised]
        self.cited += [(start + shift, end + shift) for start, end in other.cited]
        self.links += [(start + shift, end + shift, url) for start, end, url in other.links]
        self.notes += [(key, place + shift) for key, place in other.notes]
        self.boxes += other.boxes
        self.sequence = self.sequence or other.sequence

    def pieces(self, skip: int = 0, *, keep_lines: bool = True) -> tuple[Piece, ...]:
        """Return its text from a letter on; white space is folded.

        A line that is broken on purpose stays so if ``keep_lines``, unless lower case goes on.
        """
        return tidy(self._pieces(skip, keep_lines=keep_lines))

    def _pieces(self, first: int, *, keep_lines: bool) -> Iterator[Piece]:
        urls: list[str | None] = [None] * len(self.letters)
        for start, end, url in self.links:
            urls[start:end] = [url] * (end - start)
        start = first
        for end in range(first + 1, len(self.letters) + 1):
            if end == len(self.letters) or self._parts_at(end) or urls[end] != urls[end - 1]:
                piece = self._piece(start, end, keep_lines=keep_lines)
                if piece:
                    yield replace(piece, url=urls[start])
                start = end

    def _parts_at(self, place: int) -> bool:
        """Whether a new piece begins at a letter."""
        before, letter = self.letters[place - 1], self.letters[place]
        is_apart = self.at[place] != self.at[place - 1] + 1
        return is_apart or letter in PARTING or before in PARTING

    def _piece(self, start: int, end: int, *, keep_lines: bool) -> Piece | None:
        text = "".join(self.letters[start:end])
        if text == SOFT_HYPHEN:
            return None
        if text in BLANK:
            is_kept = text == "\n" and keep_lines and not self._goes_on(end)
            text = "\n" if is_kept else " "
        return Piece(text, Span(self.at[start], self.at[start] + end - start))

    def _goes_on(self, place: int) -> bool:
        return place < len(self.letters) and self.letters[place].islower()

    def split(self) -> Paragraph:
        """Return an empty paragraph that goes on after this one, as on a new page."""
        return replace(
            self,
            letters=[],
            at=[],
            doubtful=[],
            left_out=[],
            bold=0,
            sizes=Counter(),
            raised=[],
            cited=[],
            links=[],
            notes=[],
            boxes=[],
            begins_page=True,
        )


@dataclass(slots=True)
class Cell:
    """A cell of a table, and what it covers."""

    items: list[Paragraph | Table] = field(default_factory=list)
    columns: int = 1
    goes_on: bool = False
    """Whether it only goes on with the cell above."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its text in one line."""
        made: list[Piece] = []
        for item in self.items:
            if isinstance(item, Paragraph):
                made += (*item.pieces(keep_lines=False), Piece(" ", None))
        held = tidy(made)
        return held if any(piece.source for piece in held) else ()


@dataclass(slots=True)
class Row:
    """A row of a table."""

    cells: list[Cell] = field(default_factory=list)
    before: int = 0
    """How many columns it leaves free at its beginning."""
    is_head: bool = False
    """Whether the file repeats it on every page."""


@dataclass(slots=True)
class Table:
    """A table's rows; what is between them is in the last."""

    rows: list[Row] = field(default_factory=list)
    has_head: bool = False
    """Whether its style sets the first row apart."""

    @property
    def cells(self) -> list[Cell]:
        """All of them, row by row."""
        return [cell for row in self.rows for cell in row.cells]


def paragraphs_of(items: Sequence[Paragraph | Table]) -> Iterator[Paragraph]:
    """Yield all paragraphs of a part, those of tables and text boxes inside too."""
    left = [*reversed(items)]
    while left:
        item = left.pop()
        if isinstance(item, Table):
            left += reversed([one for cell in item.cells for one in cell.items])
        else:
            yield item
            left += reversed(item.boxes)
