"""From elements and text to blocks: headings, paragraphs, items, captions, rows of tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.blocks import Block, BlockKind, Piece, tidy
from ingest.document import Dropped, Span
from ingest.parsers.html.around.amounts import LISTS
from ingest.parsers.html.kinds.captions import is_caption
from ingest.parsers.html.kinds.inline import Line, is_raised_or_lowered
from ingest.parsers.html.kinds.rows import Rows
from ingest.parsers.html.markup.elements import BLOCKS, HEADINGS
from ingest.parsers.html.markup.tree import Element, Event, Tree

ASIDES = {"table": "table", "pre": "code"}
"""Elements that keep the text before and after them apart, and why they are left out."""
HELD = (("<!--", "comment"), ("<![CDATA[", "CDATA section"))
"""How mark-up begins that holds text, and why that is left out."""
ONE_LINE = ("heading", "caption")
"""Blocks that hold all the text of their element, however that is divided."""


@dataclass(slots=True, eq=False)
class Context:
    """What the text at a place is part of."""

    kind: BlockKind = "paragraph"
    level: int = 0
    is_begun: bool = False
    """Of an item: whether its first block is made; what follows in it are paragraphs."""
    element: Element | None = None


@dataclass(slots=True)
class Made:
    """What has been made of a file so far."""

    tree: Tree
    blocks: list[Block] = field(default_factory=list)
    of: list[Element | None] = field(default_factory=list)
    """Of each block, the element that it is the first block of."""
    is_bold: list[bool] = field(default_factory=list)
    """Of each block, whether all of it is set in bold."""
    dropped: list[Dropped] = field(default_factory=list)

    def drop(self, start: int, end: int, reason: str) -> None:
        """Leave a stretch of the source out; blanks need no reason."""
        if text := self.tree.source[start:end].strip():
            first = self.tree.source.index(text, start)
            self.dropped.append(Dropped(Span(first, first + len(text)), text, reason))


class Flow:
    """Goes through a file once and makes its blocks."""

    def __init__(self, tree: Tree, frames: set[int], layout: set[int]) -> None:
        """Take a tree, and the positions of what is around the main part and of layout tables."""
        self.made = Made(tree)
        self.line = Line(tree, self.made.drop)
        self._contexts = [Context()]
        self._n_lists = self._heading = 0
        self._skip: Element | None = None
        self._aside: tuple[Element, int] | None = None
        """The table or code that is open, and up to where it has been left out."""
        self._has_text = False
        """Whether anything has been left out of it."""
        self._rows: list[Block] | str = ""
        """What was made of the open table, or why nothing was."""
        self._at = 0
        """Position of the step that is taken."""
        self._frames, self._layout = frames, layout
        self._steps: dict[str, Callable[[Event], None]] = {
            "open": self._open,
            "close": self._close,
            "text": self._text,
            "comment": self._left_out,
        }

    def run(self) -> Made:
        """Read the whole file."""
        for at, event in enumerate(self.made.tree.events):
            self._at = at
            if self._skip is None:
                step = self._steps.get(event.kind)
                if step is not None:
                    step(event)
            elif event.kind == "close" and event.element is self._skip:
                self._skip = None
        self._flush()
        return self.made

    def _left_out(self, event: Event) -> None:
        here = self.made.tree.source[event.start : event.end]
        reason = next((reason for begin, reason in HELD if here.startswith(begin)), "")
        if not reason and not here.endswith(">"):
            reason = "mark-up without an end"
        if reason and not self._is_in_aside:
            self.made.drop(event.start, event.end, reason)

    def _text(self, event: Event) -> None:
        if self._is_in_aside:
            self._has_text |= not self.made.tree.source[event.start : event.end].isspace()
        elif event.element.at in self._frames:
            self.made.drop(event.start, event.end, "outside the main part")
        else:
            self.line.text(event.start, event.end)

    def _open(self, event: Event) -> None:
        element = event.element
        if element.reason:
            self._leave_out(element)
        elif element.tag in BLOCKS:
            self._open_block(element)
        elif self._is_in_aside:
            return
        elif element.tag == "br":
            self.line.end_line(element, is_kept=self._contexts[-1].kind not in ONE_LINE)
        elif is_raised_or_lowered(element) and self.line.raise_or_lower(element):
            self._skip = element
        else:
            self.line.open(element)

    def _leave_out(self, element: Element) -> None:
        self._skip = element
        if element.tag in BLOCKS:
            self._begin_line()
        if self._is_in_aside:
            self._has_text |= element.inner < element.end
        else:
            self.made.drop(element.start, element.end, element.reason)

    @property
    def _is_in_aside(self) -> bool:
        return self._aside is not None and self._contexts[-1].kind != "caption"

    def _open_block(self, element: Element) -> None:
        self._begin_line()
        if self._aside is None and element.tag in ASIDES and element.at not in self._layout:
            self._aside = (element, element.start)
            self._rows = self._read_rows(element)
        self._n_lists += element.tag in LISTS
        self._contexts.append(self._context(element))

    def _read_rows(self, element: Element) -> list[Block] | str:
        """Return the rows of the table that begins here, or why it is left out."""
        if element.tag != "table":
            return ASIDES[element.tag]
        rows = Rows(self.made.tree, element)
        blocks = rows.read(self._at)
        if not isinstance(blocks, str):
            self.made.dropped += rows.dropped
            self.line.take_in(rows.line)
        return blocks

    def _begin_line(self) -> None:
        if self._contexts[-1].kind in ONE_LINE:
            self.line.space()
        else:
            self._flush()

    def _context(self, element: Element) -> Context:
        around = self._contexts[-1]
        if around.kind in ONE_LINE:
            return around
        if is_caption(element):
            self._end_aside(element.start)
            return Context("caption", element=element)
        return around if self._aside is not None else self._text_context(element, around)

    def _text_context(self, element: Element, around: Context) -> Context:
        if level := heading_level(element, self._heading):
            if element.tag != "summary":
                self._heading = level
            return Context("heading", level, element=element)
        if element.tag in ("li", "dt", "dd"):
            depth = max(self._n_lists, 1) + (element.tag == "dd")
            return Context("item", depth, element=element)
        if element.tag in LISTS or around.kind == "item":
            return around
        return Context(element=element)

    def _close(self, event: Event) -> None:
        element = event.element
        if element.tag not in BLOCKS:
            self.line.close(element)
            return
        context = self._contexts[-1]
        if context.kind in ONE_LINE and context.element is not element:
            self.line.space()
        else:
            self._flush()
        if len(self._contexts) > 1:
            self._contexts.pop()
        self._n_lists -= element.tag in LISTS
        if self._aside is not None and context.element is element:
            self._aside = (self._aside[0], element.end)
        if self._aside is not None and self._aside[0] is element:
            self._end_aside(element.end)
            self._aside = None
            for block in self._rows if not isinstance(self._rows, str) else ():
                self._add(block, None)

    def _end_aside(self, end: int) -> None:
        """Make an aside of what has not been made one of the open table, up to here."""
        if self._aside is None:
            return
        element, start = self._aside
        source = self.made.tree.source
        if self._has_text and isinstance(self._rows, str):
            piece = Piece(source[start:end], Span(start, end))
            self._add(Block("aside", (piece,), reason=self._rows), None)
        self._aside, self._has_text = (element, end), False

    def _flush(self) -> None:
        for pieces, is_bold in self.line.take():
            self._make(pieces, is_bold)

    def _make(self, pieces: list[Piece], is_bold: bool) -> None:
        kept = tidy(pieces)
        if not any(piece.source for piece in kept):
            return
        context = self._contexts[-1]
        kind, element = context.kind, None if context.is_begun else context.element
        if kind == "item" and context.is_begun:
            kind = "paragraph"
        context.is_begun = True
        self._add(Block(kind, kept, context.level), element, is_bold=is_bold)

    def _add(self, block: Block, element: Element | None, *, is_bold: bool = False) -> None:
        self.made.blocks.append(block)
        self.made.of.append(element)
        self.made.is_bold.append(is_bold)


def heading_level(element: Element, above: int) -> int:
    """Return the level of an element that is a heading, else 0; ``above`` is that of the last."""
    if element.tag in HEADINGS:
        return int(element.tag[1])
    if element.tag == "summary":
        return above + 1 if above else 2
    if element.attributes.get("role", "").lower() == "heading":
        level = element.attributes.get("aria-level", "2")
        return int(level) if level in "123456" and level else 2
    return 0
