"""The text of an article in order: headings, paragraphs, lists, captions, references."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from ingest.blocks import Block, BlockKind, Piece
from ingest.document import Span
from ingest.parsers.jats.floats import blocks_of_float, is_float
from ingest.parsers.jats.inline import Inline, pieces_of
from ingest.parsers.jats.made import Made
from ingest.parsers.jats.tags import HEADS, HIDDEN, IMPLIED, INNER, LEFT_OUT
from ingest.parsers.jats.xml import Element, Text


class Flow:
    """Writes down an article's blocks."""

    def __init__(self, made: Made, floats: Mapping[str, Element]) -> None:
        self.blocks: list[Block] = []
        self._made = made
        self._floats = dict(floats)
        """Figures and tables at the end of the file, by the ids that the text gives them."""

    def title(self, *elements: Element) -> None:
        """Write the title of the article."""
        self._write("heading", pieces_of(self._made, *elements), 1)

    def section(self, element: Element, level: int) -> None:
        """Write the heading of an element that is or stands for a section, and what is in it."""
        self.heading(element, level)
        self.content(element, level + 1, without=HEADS)

    def heading(self, element: Element, level: int, *, is_implied: bool = True) -> None:
        """Write the heading of an element, if need be the one that a page gives it."""
        parts = [part for tag in HEADS for part in element.all(tag)]
        pieces = pieces_of(self._made, *parts)
        if not pieces and is_implied and element.tag in IMPLIED:
            tag = Span(element.start, element.start + 1 + len(element.tag))
            pieces = (Piece(IMPLIED[element.tag], tag),)
        self._write("heading", pieces, level)

    def content(
        self, element: Element, level: int, depth: int = 0, without: Collection[str] = ()
    ) -> None:
        """Write what is in an element.

        Args:
            element: a section, list item and so on.
            level: of the headings in it; 0 if its titles are none, as in a box.
            depth: of the lists around it.
            without: tags of what is written already.

        """
        for child in element.children:
            if isinstance(child, Text):
                self._loose(child, depth)
            elif child.tag not in without:
                self._node(child, level, depth)

    def rest(self) -> None:
        """Write the captions of the figures and tables that no paragraph mentions."""
        for element in self._floats.values():
            self._float(element)
        self._floats.clear()

    def _node(self, element: Element, level: int, depth: int) -> None:
        if element.tag in WRITTEN:
            WRITTEN[element.tag](self, element, level, depth)
        elif is_float(element):
            self._float(element)
        elif element.tag in LEFT_OUT:
            self._made.drop(element, LEFT_OUT[element.tag])
        elif element.tag in HIDDEN:
            self._made.drop(element, HIDDEN[element.tag])
        else:
            self._container(element, level, depth)

    def _container(self, element: Element, level: int, depth: int) -> None:
        """Write a box or the like; its title is no heading, as the text around it goes on."""
        titles = [part for tag in HEADS for part in element.all(tag)]
        self._write("paragraph", pieces_of(self._made, *titles), depth)
        self.content(element, 0 if element.tag == "boxed-text" else level, depth, without=HEADS)

    def _loose(self, node: Element | Text, depth: int) -> None:
        """Write what has no paragraph around it as one."""
        self._write("paragraph", pieces_of(self._made, node), depth)

    def _section(self, element: Element, level: int, depth: int) -> None:
        if level:
            self.section(element, level)
        else:
            self._container(element, level, depth)

    def _paragraph(self, element: Element, level: int, depth: int) -> None:
        self._prose(element, level, depth, "paragraph")

    def _prose(self, element: Element, level: int, depth: int, kind: BlockKind) -> None:
        """Write a paragraph, the lists inside it, and after each stretch what floats in it."""
        inline = Inline(self._made)
        for child in element.children:
            if isinstance(child, Element) and child.tag in INNER:
                kind = self._end(inline, kind, depth)
                self._node(child, level, depth)
                inline = Inline(self._made)
            else:
                inline.take(child)
        self._end(inline, kind, depth)

    def _end(self, inline: Inline, kind: BlockKind, depth: int) -> BlockKind:
        """Write what was gathered; return the kind of what follows it in the same paragraph."""
        pieces = inline.finish()
        self._write(kind, pieces, depth)
        for element in inline.floats:
            if is_float(element):
                self._float(element)
            else:
                self._node(element, 0, depth)
        self._mentioned()
        return "paragraph" if pieces else kind

    def _mentioned(self) -> None:
        """Write the captions from the end of the file that the last paragraph mentions first."""
        for name in self._made.mentioned:
            if name in self._floats:
                self._float(self._floats.pop(name))
        self._made.mentioned.clear()

    def _float(self, element: Element) -> None:
        self.blocks += blocks_of_float(element, self._made)

    def _list(self, element: Element, level: int, depth: int) -> None:
        for child in element.children:
            if isinstance(child, Text) or child.tag in ("label", "title"):
                self._loose(child, depth)
            elif child.tag == "list-item":
                self._item(child, level, depth + 1)
            else:
                self._node(child, level, depth)

    def _item(self, element: Element, level: int, depth: int) -> None:
        """Write the first paragraph of an item as the item, what follows as parts of it."""
        is_first = True
        for child in element.children:
            if isinstance(child, Text):
                self._loose(child, depth)
            elif child.tag == "label":
                self._made.drop(child, "number of a list item")
            elif child.tag in ("p", "title") and is_first:
                self._prose(child, level, depth, "item")
                is_first = False
            else:
                self._node(child, level, depth)

    def _definitions(self, element: Element, level: int, depth: int) -> None:
        """Write each term and what it stands for, a tab between them, as an item."""
        for child in element.children:
            if isinstance(child, Text) or child.tag in ("label", "title", "term-head", "def-head"):
                self._loose(child, depth)
            elif child.tag == "def-item":
                terms = pieces_of(self._made, *child.all("term"))
                rest = (part for part in child.children if part not in list(child.all("term")))
                meanings = pieces_of(self._made, *rest)
                tab = (Piece("\t", None),) if terms and meanings else ()
                self._write("item", (*terms, *tab, *meanings), depth + 1)
            else:
                self._node(child, level, depth)

    def _note(self, element: Element, level: int, depth: int) -> None:
        for label in element.all("label"):
            self._made.drop(label, "footnote mark")
        self.content(element, level, depth, without=("label",))

    def _reference(self, element: Element, level: int, depth: int) -> None:
        number = self._made.numbers.get(f"#{element.start}", 0)
        labels = list(element.all("label"))
        parts = [part for part in element.children if part not in labels]
        for label in labels:
            if "".join(filter(str.isdigit, label.text)) != str(number):
                self._made.drop(label, "label of a reference")
        pieces = pieces_of(self._made, *parts)
        if pieces:
            self.blocks.append(Block("item", pieces, 1, number=number))

    def _write(self, kind: BlockKind, pieces: Iterable[Piece], level: int) -> None:
        pieces = tuple(pieces)
        if pieces:
            self.blocks.append(Block(kind, pieces, level))


WRITTEN: Mapping[str, Callable[[Flow, Element, int, int], None]] = {
    "sec": Flow._section,
    "app": Flow._section,
    "ack": Flow._section,
    "notes": Flow._section,
    "glossary": Flow._section,
    "fn-group": Flow._section,
    "bio": Flow._section,
    "ref-list": Flow._section,
    "p": Flow._paragraph,
    "attrib": Flow._paragraph,
    "list": Flow._list,
    "def-list": Flow._definitions,
    "fn": Flow._note,
    "ref": Flow._reference,
}
"""How elements between paragraphs are written."""
