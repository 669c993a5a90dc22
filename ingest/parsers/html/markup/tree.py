"""The elements of an HTML file, also where their tags do not match, and all its text in order.

Broken mark-up is mended as browsers mend it, as far as text depends on it: end tags that may be
left out, paragraphs ended by what cannot be in them, emphasis that overlaps paragraphs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from ingest.errors import UnreadableFileError
from ingest.parsers.html.markup.elements import (
    CLOSES_P,
    ENDS_BEFORE,
    FORMATTING,
    HEADINGS,
    IN_HEAD,
    NOT_IN_HEADING,
    OF_TABLE,
    SCOPE,
    SPECIAL,
    VOID,
)
from ingest.parsers.html.markup.scan import Token, attributes, scan

MOST_ELEMENTS = 400_000
"""Bounds memory: each takes about 500 bytes. The HTML standard on one page has 320,000."""
ONCE = frozenset({"html", "head", "body"})


@dataclass(slots=True, eq=False)
class Element:
    """An element and its place in the source."""

    tag: str
    attributes: Mapping[str, str]
    start: int
    """Offset of its start tag."""
    inner: int
    """Offset of what follows its start tag."""
    parent: Element | None
    at: int
    """Its position among all elements, in the order of their start tags."""
    end: int = -1
    """Offset at which it ends, its end tag included."""
    last: int = -1
    """Position after its last descendant."""
    reason: str = ""
    """Why it is left out; empty if it is not."""
    is_ended: bool = False
    """Whether its end tag came, though elements inside it were still open."""


class Event(NamedTuple):
    """A step through the file. Text belongs to ``element``; a comment may stand anywhere."""

    kind: Literal["open", "close", "text", "raw", "comment"]
    element: Element
    start: int
    end: int


@dataclass(slots=True)
class Tree:
    """A file taken apart."""

    source: str
    root: Element
    elements: list[Element] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def inside(self, element: Element) -> list[Element]:
        """Return the descendants of an element in their order."""
        return self.elements[element.at + 1 : element.last]

    def first(self, tag: str) -> Element | None:
        """Return the first element of a kind."""
        return next((one for one in self.elements if one.tag == tag), None)


def build(source: str) -> Tree:
    """Return the elements and the text of a file, in linear time at any depth.

    Raises:
        UnreadableFileError: if it has more elements than a document has.

    """
    builder = _Builder(source)
    for token in scan(source):
        builder.take(token)
    builder.close_down_to(0, len(source))
    return builder.tree


class _Builder:
    """The elements that are open, and where each kind of them is among those."""

    def __init__(self, source: str) -> None:
        root = Element("", {}, 0, 0, None, 0)
        self.tree = Tree(source, root, [root], [Event("open", root, 0, 0)])
        self._open = [root]
        self._places: dict[str, list[int]] = defaultdict(list)
        self._specials: list[int] = [0]
        self._seen: set[str] = set()
        self._has_text = False
        """Whether there is text since the last heading began."""

    def take(self, token: Token) -> None:
        if token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token)
        elif token.kind == "comment":
            self._event("comment", token)
        else:
            if not self.tree.source[token.start : token.end].isspace():
                self._has_text = True
                if self._open[-1].tag == "head":
                    self._close_from("head", token.start)
            self._event("raw" if token.kind == "raw" else "text", token)

    def close_down_to(self, place: int, offset: int, end: int | None = None) -> None:
        """Close all elements from a place among the open ones on; ``end`` is that of the first."""
        while len(self._open) > place:
            element = self._open.pop()
            is_first = len(self._open) == place
            if not element.is_ended:
                if self._places[element.tag]:
                    self._places[element.tag].pop()
                element.end = end if is_first and end is not None else offset
                self.tree.events.append(Event("close", element, offset, element.end))
            if self._specials and self._specials[-1] == len(self._open):
                self._specials.pop()
            element.last = len(self.tree.elements)

    def _event(self, kind: Literal["text", "raw", "comment"], token: Token) -> None:
        self.tree.events.append(Event(kind, self._open[-1], token.start, token.end))

    def _start(self, token: Token) -> None:
        tag = token.tag
        if tag in ONCE:
            if tag in self._seen:
                return
            self._seen.add(tag)
        self._end_what_ends_before(tag, token.start)
        self._push(token)
        if tag in VOID or token.is_closed:
            self.close_down_to(len(self._open) - 1, token.end)

    def _push(self, token: Token) -> None:
        elements = self.tree.elements
        if len(elements) >= MOST_ELEMENTS:
            raise UnreadableFileError(
                f"has more than {MOST_ELEMENTS:,} elements; split it into several files"
            )
        self._has_text &= token.tag not in HEADINGS
        values = attributes(self.tree.source, token)
        one = Element(token.tag, values, token.start, token.end, self._open[-1], len(elements))
        if one.tag in SPECIAL:
            self._specials.append(len(self._open))
        self._places[one.tag].append(len(self._open))
        self._open.append(one)
        elements.append(one)
        self.tree.events.append(Event("open", one, token.start, token.end))

    def _end_what_ends_before(self, tag: str, offset: int) -> None:
        if self._open[-1].tag == "head" and tag not in IN_HEAD:
            self._close_from("head", offset)
        if tag in CLOSES_P and self._place("p") > self._border((*SCOPE, "button")):
            self.close_down_to(self._place("p"), offset)
        heading = max(self._place(one) for one in HEADINGS)
        if tag in NOT_IN_HEADING and self._has_text and heading > self._border(SCOPE):
            self.close_down_to(heading, offset)
        if tag in HEADINGS and self._open[-1].tag in HEADINGS:
            self.close_down_to(len(self._open) - 1, offset)
        if tag in ENDS_BEFORE:
            ended, borders = ENDS_BEFORE[tag]
            border = self._border(borders)
            places = [self._place(one) for one in ended if self._place(one) > border]
            if places and tag in FORMATTING:
                self._end_inline(tag, offset, offset)
            elif places:
                self.close_down_to(min(places), offset)

    def _end(self, token: Token) -> None:
        tag = token.tag
        if tag in ("body", "html"):
            return
        if tag == "br":
            self._start(token)
        elif tag in HEADINGS:
            place = max(self._place(one) for one in HEADINGS)
            if place > self._border(SCOPE):
                self.close_down_to(place, token.start, token.end)
        elif tag in SPECIAL:
            place = self._place(tag)
            border = self._place("table") if tag in OF_TABLE else self._border(SCOPE)
            if place >= 0 and (place > border or (tag in SCOPE and place == border)):
                self.close_down_to(place, token.start, token.end)
        else:
            self._end_inline(tag, token.start, token.end)

    def _end_inline(self, tag: str, offset: int, end: int) -> None:
        """End an inline element; what a paragraph opened inside it holds is then outside it."""
        place = self._place(tag)
        if place < 0:
            return
        if self._specials[-1] < place:
            self.close_down_to(place, offset, end)
        elif tag in FORMATTING and place > self._border(SCOPE):
            element = self._open[place]
            element.is_ended, element.end = True, end
            self._places[tag].pop()
            self.tree.events.append(Event("close", element, offset, end))

    def _close_from(self, tag: str, offset: int) -> None:
        if self._place(tag) >= 0:
            self.close_down_to(self._place(tag), offset)

    def _place(self, tag: str) -> int:
        places = self._places.get(tag)
        return places[-1] if places else -1

    def _border(self, tags: Iterable[str]) -> int:
        return max(self._place(tag) for tag in tags)
