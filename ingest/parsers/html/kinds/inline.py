"""The characters of the block that is open: folded, raised, linked, and which are doubtful."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ingest.blocks import Piece
from ingest.document import Span
from ingest.parsers.html.markup.text import (
    BULLET,
    PRIVATE,
    pieces_of,
    plain,
    starts_of_words,
    unknown_in,
)
from ingest.parsers.html.markup.tree import Element, Tree
from ingest.parsers.inline.tags import RAISED_DIGITS

RAISED = re.compile(r"[-+−–,\d]+")
VERTICAL = re.compile(r"vertical-align\s*:\s*(?P<where>super|sub)\b", re.I)
SYMBOLS = re.compile(r"\b(?:symbol|wingdings|webdings|zapf ?dingbats)\b", re.I)
"""Fonts in which "m" is shown as "µ": what the page shows is not what the file says."""
STACKED = frozenset({
    "mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "munder", "mover", "munderover",
    "mtable", "mmultiscripts",
})  # fmt: skip
"""Parts of formulas whose place on the page says what their characters do not: 10⁶ is not 106."""
LONGEST = 300
"""Characters of mark-up within which a superscript is read as a whole."""
BEFORE = 24
"""Characters before a superscript that tell whether it is a power."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A superscript of numbers: a citation, or a power."""

    before: str
    text: str
    source: Span


class Line:
    """The block that is open, as far as it has been read."""

    def __init__(self, tree: Tree, drop: Callable[[int, int, str], None]) -> None:
        self.links: list[tuple[str, Span]] = []
        """Links within the page: the id they lead to, and where they stand."""
        self.raised: list[Raised] = []
        self.doubtful: list[int] = []
        """Offsets in the source."""
        self._tree, self._drop = tree, drop
        self._parts: list[tuple[list[Piece], bool]] = []
        self._pieces: list[Piece] = []
        self._tail = ""
        self._n_visible = self._n_plain = self._n_bold = self._n_doubts = 0
        self._is_doubt_next = False
        self._link: Element | None = None
        self._fragment = ""
        self._is_citing = False

    def text(self, start: int, end: int) -> None:
        """Add a stretch of text."""
        url = _address(self._link)
        if not self._n_visible:
            bullet = BULLET.match(self._tree.source, start, end)
            mark = end if self._is_mark(start, end) else bullet.end() if bullet else start
            self._drop(start, mark, "bullet")
            start = mark
        for piece in pieces_of(self._tree.source, start, end, url):
            self._add(piece)

    def _is_mark(self, start: int, end: int) -> bool:
        """Whether the text is a bullet or an icon at the start of a line."""
        text = plain(self._tree.source, start, min(end, start + 40)).strip()
        return bool(PRIVATE.fullmatch(text)) or (self._n_doubts > 0 and len(text) == 1)

    def _add(self, piece: Piece) -> None:
        self._pieces.append(piece)
        self._tail = (self._tail + piece.text)[-BEFORE:]
        if piece.source is None or not piece.text.strip():
            return
        self._n_visible += 1
        self._n_plain += not self._n_bold
        self.doubtful.extend(unknown_in(piece))
        if self._n_doubts:
            self.doubtful.extend(starts_of_words(piece))
        elif self._is_doubt_next:
            self.doubtful.append(piece.source.start)
        self._is_doubt_next = False
        if self._fragment:
            self._cite(piece, piece.source)

    def _cite(self, piece: Piece, source: Span) -> None:
        """Note where a link within the page stands, up to where its characters are apart."""
        if not self._is_citing:
            self.links.append((self._fragment, source))
            self._is_citing = len(piece.text) == len(source)
            if not self._is_citing:
                self._fragment = ""
            return
        first = self.links[-1][1]
        gap = self._tree.source[first.end : source.start]
        if len(piece.text) == len(source) and (not gap or (len(gap) == 1 and gap.isspace())):
            self.links[-1] = (self._fragment, Span(first.start, source.end))
        else:
            self._fragment = ""

    def space(self) -> None:
        """Separate what follows from what has been read, in the same block."""
        if self._pieces:
            self._pieces.append(Piece(" ", None))

    def end_line(self, element: Element, *, is_kept: bool) -> None:
        """Break the line at a ``br``; the second in a row begins a new block."""
        if not is_kept:
            self._pieces.append(Piece(" ", Span(element.start, element.inner)))
        elif self._pieces and self._tail.rstrip(" ").endswith("\n"):
            self._split()
        else:
            self._pieces.append(Piece("\n", Span(element.start, element.inner)))
            self._tail += "\n"

    def open(self, element: Element) -> None:
        """Note the start of an inline element."""
        self._n_bold += element.tag in ("b", "strong")
        self._n_doubts += self._is_doubtful(element)
        if element.tag == "a" and "href" in element.attributes:
            self._link = element
            target = element.attributes["href"].strip()
            self._fragment = target[1:] if target.startswith("#") else ""
            self._is_citing = False
        if element.tag == "img" and self._n_visible and self._link is None and _says(element):
            self._is_doubt_next = True

    def close(self, element: Element) -> None:
        """Note the end of an inline element."""
        self._n_bold -= element.tag in ("b", "strong")
        self._n_doubts -= self._is_doubtful(element)
        if element is self._link:
            self._link, self._fragment = None, ""

    def _is_doubtful(self, element: Element) -> bool:
        """Whether the characters of an element are not what the page shows."""
        if element.tag in STACKED:
            return True
        values = element.attributes
        face = values.get("face", "") if element.tag == "font" else ""
        style = values.get("style", "")
        return bool(SYMBOLS.search(face) or ("font" in style and SYMBOLS.search(style[:1000])))

    def raise_or_lower(self, element: Element) -> bool:
        """Add a superscript of numbers as it looks; return whether it was one.

        Any other that begins with a number, after one, is doubtful: 10 to the 2.5 is not 102.5.
        """
        text = _bare(self._tree.source, element)
        if text is None:
            self._is_doubt_next = True
            return False
        if is_raised(element) and RAISED.fullmatch(text):
            source = Span(element.start, element.end)
            self.raised.append(Raised(self._tail, text, source))
            self._fragment = ""
            self._add(Piece(text.translate(RAISED_DIGITS), source))
            self.links += [(target, source) for target in _targets(self._tree, element)]
            return True
        if text[:1].isdigit() and self._tail[-1:].isdigit():
            self._is_doubt_next = True
        return False

    def take_in(self, other: Line) -> None:
        """Add what another line noted of its own text."""
        self.links += other.links
        self.raised += other.raised
        self.doubtful += other.doubtful

    def take(self) -> list[tuple[list[Piece], bool]]:
        """Return the pieces of each block read since the last time, and whether it is all bold."""
        self._split()
        parts, self._parts = self._parts, []
        return parts

    def _split(self) -> None:
        if self._pieces:
            self._parts.append((self._pieces, self._n_visible > 0 and not self._n_plain))
        self._pieces, self._tail = [], ""
        self._n_visible = self._n_plain = 0
        self._is_doubt_next = False


def is_raised_or_lowered(element: Element) -> bool:
    """Whether an element is a superscript or a subscript."""
    return element.tag in ("sup", "sub") or (
        "vertical" in element.attributes.get("style", "")
        and VERTICAL.search(element.attributes["style"][:1000]) is not None
    )


def is_raised(element: Element) -> bool:
    """Whether an element that is one of the two is a superscript."""
    match = VERTICAL.search(element.attributes.get("style", "")[:1000])
    return element.tag == "sup" or (match is not None and match["where"].lower() == "super")


def _bare(source: str, element: Element) -> str | None:
    """Return the text of a short element without mark-up and blanks; None if it is long."""
    if element.end - element.start > LONGEST:
        return None
    bare = re.sub(r"<[^>]*>?", "", source[element.inner : element.end])
    return "".join(plain(bare, 0, len(bare)).split())


def _targets(tree: Tree, element: Element) -> list[str]:
    links = [one.attributes.get("href", "") for one in tree.inside(element) if one.tag == "a"]
    return [link[1:] for link in links if link.startswith("#")]


def _address(link: Element | None) -> str | None:
    """Return where a link leads, if that is another page."""
    target = link.attributes["href"].strip() if link is not None else ""
    return target if target.lower().startswith(("http://", "https://")) else None


def _says(image: Element) -> bool:
    """Whether an image in a line may be a sign of the text: it has words, or lacks them."""
    return image.attributes.get("alt") != ""
