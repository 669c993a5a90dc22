"""Blocks: the pieces into which a parser cuts a source file before it becomes a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.boxes import Boxes
from ingest.document import Dropped, SeamKind, Span
from ingest.facts import Fact

BlockKind = Literal[
    "heading", "paragraph", "item", "caption", "notice", "aside", "head", "group", "row"
]
"""A notice is what a publisher puts between title and text: dates, address, e-mail, DOI. An aside
is part of the text but not quoted, such as code: no sentence continues across it. The last three
are rows of a table: of its head, one that says nothing by itself, one that is quoted."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of canonical text and the stretch of the source file that it comes from."""

    text: str
    source: Span | None
    """None for the space put between two joined stretches; else see ``Run`` for lengths."""
    seam: SeamKind | None = None
    """What lies between this piece and the one before it, where the two were joined."""
    url: str | None = None
    """Where the words link to."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table's row, and where it stands."""

    row: int
    """The number of the row in which it is written: its own, or one above."""
    column: int
    """The first column that it covers, from 0."""
    columns: int
    """How many it covers."""
    text: Span | None
    """What is written in it, in the text of the block of that row; None if it is empty."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item and so on, with mark-up read and white space folded."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    level: int = 0
    """Of a heading, 1 is the outermost. Of a list item, or a paragraph that belongs to one, how
    deep its list is nested, from 1; 0 outside lists."""
    reason: str = ""
    """Why an aside is not quoted."""
    number: int = 0
    """That an entry of a reference list has in the file; 0 if its place in the list tells."""
    label: str = ""
    """What a caption calls its figure, "Figure 3"; empty if the text of the caption tells."""
    cells: tuple[Place, ...] = ()
    """Of a row of a table, from left to right."""
    row: int = 0
    """Of a row, its number in its table, from 0."""
    group: int | None = None
    """Of a row, the number of the line above that names its group, if there is one."""

    @property
    def text(self) -> str:
        r"""What a person reads; ``"\n"`` where the source breaks the line on purpose."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def source(self) -> Span:
        """From the first to the last character of the source file that it holds."""
        spans = [piece.source for piece in self.pieces if piece.source]
        return Span(min(s.start for s in spans), max(s.end for s in spans))


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in a source file that cites entries of its reference list."""

    source: Span
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A source file not yet a document: its blocks in order, and what was left out."""

    source: str
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...] = ()
    page_starts: tuple[int, ...] = ()
    """Offset in ``source`` at which each page begins, first page first; empty without pages."""

    has_headings: bool = False
    """Whether the file marks its headings; where it does not, ``ingest.repair`` guesses them."""
    is_marked_up: bool = False
    """Whether the file says of everything what it is: then ``ingest.repair`` guesses nothing."""
    doubtful: tuple[int, ...] = ()
    """Offsets in ``source`` of characters of which the file does not say what they are, sorted."""
    is_ocr: bool = False
    """Whether a machine read the text from pictures of the pages."""
    boxes: Boxes | None = None
    """Where each character of ``source`` stands, for a file that has pages."""
    cited: tuple[Cited, ...] = ()
    """Citations that the text alone does not tell, such as superscripts."""
    notes: tuple[str, ...] = ()
    """What whoever adds the file should know of how it was read, a sentence each."""
    facts: tuple[Fact, ...] = ()
    """What the file says of itself, for a person to confirm."""

    def shown(self, pieces: Sequence[Piece]) -> str:
        """Return how pieces that are left out are shown: as in the file, or without its tags."""
        if self.is_marked_up:
            return "".join(piece.text for piece in pieces)
        spans = [piece.source for piece in pieces if piece.source]
        return self.source[min(s.start for s in spans) : max(s.end for s in spans)]

    def without(self, reasons: dict[int, str]) -> Draft:
        """Return a draft without the blocks at these positions, each dropped with its reason."""
        gone = tuple(
            Dropped(block.source, self.shown(block.pieces), reasons[at])
            for at, block in enumerate(self.blocks)
            if at in reasons
        )
        kept = tuple(block for at, block in enumerate(self.blocks) if at not in reasons)
        return replace(self, blocks=kept, dropped=self.dropped + gone)


def tidy(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    r"""Fold runs of white space to one character and trim both ends.

    A run that holds ``"\n"`` becomes ``"\n"``, any other becomes its first character. A
    no-break space is a character like any other, except at the ends.
    """
    folded: list[Piece] = []
    for piece in pieces:
        if piece.text in (" ", "\n") and folded and folded[-1].text in (" ", "\n"):
            if piece.text == "\n":
                folded[-1] = piece
            continue
        folded.append(piece)
    return _trim(folded)


def _trim(pieces: list[Piece]) -> tuple[Piece, ...]:
    first, last = 0, len(pieces)
    while first < last and not pieces[first].text.strip():
        first += 1
    while first < last and not pieces[last - 1].text.strip():
        last -= 1
    kept = pieces[first:last]
    if kept:
        kept[0] = _cut(kept[0], len(kept[0].text) - len(kept[0].text.lstrip()), None)
        kept[-1] = _cut(kept[-1], 0, len(kept[-1].text.rstrip()))
    return tuple(kept)


def _cut(piece: Piece, start: int, end: int | None) -> Piece:
    text = piece.text[start:end]
    if piece.source is None or len(piece.source) != len(piece.text):
        return replace(piece, text=text)
    first = piece.source.start + start
    return replace(piece, text=text, source=Span(first, first + len(text)))
