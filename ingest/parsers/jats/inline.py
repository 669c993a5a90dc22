"""The text of a paragraph, heading, caption or reference, every character located."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from ingest.blocks import Cited, Piece, tidy
from ingest.document import SeamKind, Span
from ingest.parsers.inline.tags import RAISED_DIGITS, raised_letters
from ingest.parsers.jats.citations import (
    DASH,
    Place,
    between,
    is_citation,
    numbers_of,
    numbers_within,
)
from ingest.parsers.jats.formulas import read_formula
from ingest.parsers.jats.made import Made
from ingest.parsers.jats.tags import FLOATS, FORMULAS, HIDDEN, NOTES, PICTURES, SPACED, TYPE
from ingest.parsers.jats.xml import Element, Text

WORDS = re.compile(r"[^ \t\n\r\x85\u2028\u2029]+(?: [^ \t\n\r\x85\u2028\u2029]+)*")
UNREADABLE = "[formula]"
"""Stands for what cannot be written in a line. The sentence around it is not quoted."""
NOTE_MARK = re.compile(r"\W*\w{0,2}\W*")
RAISED = re.compile(r"[-+−–,;()\d\s]+")
NUMBER = re.compile(r"\d[-–,\d\s]*")
RAISED_END = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]$")
NEXT = re.compile(r"[-⁻–,;\s]+")
"""What stands between two citations that belong together."""
GAP = "\u2003"
"""Between the parts of a reference whose punctuation is not in the file."""
PLACES = {
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
}
"""Where an entry with such a number is."""


class Inline:
    """Gathers the pieces of one block."""

    def __init__(self, made: Made) -> None:
        self.floats: list[Element] = []
        """What belongs after the block: figures, tables, footnotes."""
        self._made = made
        self._pieces: list[Piece] = []
        self._places: list[Place] = []
        self._seam: SeamKind | None = None
        self._identifiers: set[str] = set()

    def take(self, node: Element | Text) -> None:
        """Add what a person sees of a node."""
        if isinstance(node, Text):
            self._text(node)
        elif node.tag in FLOATS:
            self.floats.append(node)
            self._seam = FLOATS[node.tag] if self._pieces else None
            if self._seam == "caption":
                self.space()
        elif node.tag in HIDDEN:
            self._made.drop(node, HIDDEN[node.tag])
        elif node.tag in FORMULAS or node.tag in PICTURES:
            self._formula(node)
        else:
            _TAKEN.get(node.tag, Inline.children)(self, node)

    def children(self, element: Element) -> None:
        """Add what a person sees inside an element."""
        is_spaced = element.tag in SPACED
        if is_spaced:
            self.space()
        before: Element | None = None
        for child in element.children:
            follows = child if isinstance(child, Element) else None
            if before and follows and not {before.tag, follows.tag} <= TYPE:
                self.space()
            self.take(child)
            before = follows
        if is_spaced:
            self.space()

    def space(self) -> None:
        """Add a space that the file does not have."""
        self._pieces.append(Piece(" ", None))

    def finish(self) -> tuple[Piece, ...]:
        """Return the pieces, and note down what they cite."""
        last: Place | None = None
        for place in self._places:
            numbers = place.numbers
            if last and DASH.fullmatch(self._written(last.last, place.first)):
                numbers = (*between(last.numbers[-1], numbers[0]), *numbers)
            self._cite(place, numbers)
            last = place
        return tidy(self._pieces)

    def _written(self, first: int, last: int) -> str:
        return "".join(piece.text for piece in self._pieces[first:last])

    def _cite(self, place: Place, numbers: tuple[int, ...]) -> None:
        spans = [piece.source for piece in self._pieces[place.first : place.last] if piece.source]
        if spans:
            span = Span(spans[0].start, spans[-1].end)
            self._made.cited.append(Cited(span, tuple(sorted(set(numbers)))))

    def _put(self, piece: Piece) -> None:
        if self._seam and piece.text.strip():
            piece, self._seam = replace(piece, seam=self._seam), None
        self._pieces.append(piece)

    def _text(self, node: Text) -> None:
        if len(node.text) != len(node.span):
            self._put(Piece(node.text if node.text.strip(" \t\n\r") else " ", node.span))
            return
        at = 0
        for words in WORDS.finditer(node.text):
            self._blank(node, at, words.start())
            at = words.end()
            self._put(Piece(words.group(), _part(node, words.start(), at)))
        self._blank(node, at, len(node.text))

    def _blank(self, node: Text, start: int, end: int) -> None:
        if start < end:
            self._pieces.append(Piece(" ", _part(node, start, end)))

    def _formula(self, element: Element) -> None:
        math = next(element.iter("math"), None)
        read = read_formula(math) if math else None
        is_text = element.text and not any(element.iter("tex-math", *PICTURES, "math"))
        if read:
            for piece in read:
                self._put(piece)
            for other in element.iter("tex-math", "label"):
                self._made.drop(other, "number or second notation of a formula")
        elif is_text:
            self.children(element)
        else:
            self._made.doubtful.append(element.start)
            self._put(Piece(UNREADABLE, element.span))

    def _sup(self, element: Element) -> None:
        text = "".join(part.text for part in element.texts)
        has_note = any(one.get("ref-type") in NOTES for one in element.iter("xref"))
        bare = text.strip()
        letters = raised_letters(bare)
        if has_note or not (letters or RAISED.fullmatch(bare)):
            self.children(element)
            return
        if text[:1].isspace():
            self.space()
        first = len(self._pieces)
        self._put(Piece(letters or bare.translate(RAISED_DIGITS), element.span))
        self._place(first, numbers_within(element, self._made.numbers))
        if text[-1:].isspace():
            self.space()

    def _xref(self, element: Element) -> None:
        kind = element.get("ref-type")
        if kind in NOTES and NOTE_MARK.fullmatch(element.text):
            self._made.drop(element, "footnote mark")
            return
        self._made.mentioned += element.get("rid").split()
        first = len(self._pieces)
        numbers = numbers_of(element, self._made.numbers) if is_citation(element) else ()
        if numbers and NUMBER.fullmatch(element.text) and self._is_raised():
            self._put(Piece(element.text.translate(RAISED_DIGITS), element.span))
        else:
            self.children(element)
        self._place(first, numbers)

    def _is_raised(self) -> bool:
        """Whether a number that comes next is set as a superscript: it touches what it is about.

        One that goes on after another, "1,2" or "1–3", is set as that one is.
        """
        last = self._places[-1] if self._places else None
        if last and not NEXT.sub("", self._written(last.last, len(self._pieces))):
            return RAISED_END.search(self._pieces[last.last - 1].text) is not None
        before = self._pieces[-1].text if self._pieces else " "
        return not before[-1].isspace() and before[-1] not in "(["

    def _place(self, first: int, numbers: tuple[int, ...]) -> None:
        if numbers:
            self._places.append(Place(first, len(self._pieces), numbers))

    def _link(self, element: Element) -> None:
        self._linked(element, element.get("href") or element.text)

    def _identifier(self, element: Element) -> None:
        if element.text in self._identifiers:
            self._made.drop(element, "identifier")
            return
        self._identifiers.add(element.text)
        place = PLACES.get(element.get("pub-id-type"), "")
        self._linked(element, place.format(element.text))

    def _linked(self, element: Element, url: str) -> None:
        first = len(self._pieces)
        self.children(element)
        if url.startswith(("https://", "http://")):
            self._pieces[first:] = [replace(piece, url=url) for piece in self._pieces[first:]]

    def _citation(self, element: Element) -> None:
        """Add a reference, or the names in it: with gaps where the file has no punctuation."""
        if any(isinstance(child, Text) and child.text.strip() for child in element.children):
            self.children(element)
            return
        for child in element.elements:
            if self._pieces and self._pieces[-1].text != GAP:
                self._pieces.append(Piece(GAP, None))
            self.take(child)

    def _and_others(self, element: Element) -> None:
        if element.text:
            self.children(element)
        else:
            self._put(Piece("et al.", element.span))


def _part(node: Text, start: int, end: int) -> Span:
    return Span(node.span.start + start, node.span.start + end)


_TAKEN: Mapping[str, Callable[[Inline, Element], None]] = {
    "sup": Inline._sup,
    "xref": Inline._xref,
    "ext-link": Inline._link,
    "uri": Inline._link,
    "pub-id": Inline._identifier,
    "etal": Inline._and_others,
    "element-citation": Inline._citation,
    "mixed-citation": Inline._citation,
    "citation": Inline._citation,
    "person-group": Inline._citation,
}


def pieces_of(made: Made, *nodes: Element | Text) -> tuple[Piece, ...]:
    """Return the text of nodes in a row; figures and footnotes in it have no place beside it."""
    inline = Inline(made)
    for node in nodes:
        inline.take(node)
        inline.space()
    for element in inline.floats:
        made.drop(element, "footnote" if element.tag == "fn" else "figure inside a line")
    return inline.finish()
