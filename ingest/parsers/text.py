"""Plain text: the headings, paragraphs and lists that the layout of a ``.txt`` file shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.blocks import Block, BlockKind, Draft, Piece, tidy
from ingest.document import Span
from ingest.parsers.decoding import decode
from ingest.parsers.layout import numbered_headings, underlined_headings

ITEM = re.compile(
    r"(?P<indent>[ \t\f]*)(?:(?P<bullet>[-*•‣▪◦·–])|(?P<number>\d{1,3})[.)])[ \t\u00a0]+"
    r"(?P<text>\S.*)"
)
RULE = re.compile(r"\s*([-=_*~#])(?:[ \t]*\1){2,}\s*")
"""A line that only separates what is above it from what is below."""
BLANK = re.compile(r"[ \t\n\f\v\x85\u2028\u2029]{2,}|[\t\n\f\v\x85\u2028\u2029]")


def parse(data: bytes) -> Draft:
    """Return the blocks of a plain text file; a form feed begins a page."""
    source = decode(data)
    lines = source.split("\n")
    underlined = underlined_headings(lines)
    made = _Made(source, {**numbered_headings(lines), **underlined})
    start = 0
    for number, line in enumerate(lines):
        made.take(number, line, start)
        start += len(line) + 1
    made.close()
    return Draft(
        source,
        tuple(made.blocks),
        page_starts=tuple(_page_starts(source)),
        has_headings=bool(underlined),
    )


def _page_starts(source: str) -> Iterator[int]:
    feeds = [feed.start() for feed in re.finditer("\f", source.rstrip())]
    if feeds:
        yield from (0, *(feed + 1 for feed in feeds))


@dataclass(slots=True)
class _Made:
    """The blocks made from a file so far, and the one that is still open."""

    source: str
    headings: dict[int, int]
    """Level of the lines that are headings."""
    blocks: list[Block] = field(default_factory=list)
    _kind: BlockKind | None = None
    _start: int = 0
    _end: int = 0
    _last_line: str = ""
    _number: int = 0
    """The open item's number; 0 if it has a bullet."""
    _indents: list[int] = field(default_factory=list)
    """Those of the lists around the last item, outermost first."""

    def take(self, number: int, line: str, start: int) -> None:
        """Take the next line, which begins at ``start`` in the source."""
        end = start + len(line)
        item = ITEM.fullmatch(line)
        if number in self.headings:
            self._open("heading", start, end)
            self.close(self.headings[number])
        elif not line.strip() or RULE.fullmatch(line):
            self.close()
        elif item and self._begins_item(item):
            self._open("item", start + item.start("text"), end)
            self._number = int(item["number"] or 0)
            self._nest(len(item["indent"].expandtabs()))
        elif self._kind:
            self._end = end
        else:
            self._open("paragraph", start, end)
        self._last_line = line.rstrip()

    def close(self, level: int = 0) -> None:
        """End the open block, if there is one."""
        if self._kind:
            if self._kind != "item":
                self._indents.clear()
            level = level or len(self._indents)
            pieces = _pieces(self.source, self._start, self._end)
            self.blocks.append(Block(self._kind, pieces, level))
        self._kind = None

    def _open(self, kind: BlockKind, start: int, end: int) -> None:
        self.close()
        self._kind, self._start, self._end = kind, start, end

    def _begins_item(self, item: re.Match[str]) -> bool:
        """Whether a line that looks like an item is one, and not a continuation of prose."""
        if self._kind is None:
            return True
        if item["bullet"]:
            return item["bullet"] != "–" or self._kind == "item"
        number = int(item["number"])
        if self._kind == "item":
            return number == self._number + 1 or number == 1
        return number == 1 or self._last_line.endswith(":")

    def _nest(self, indent: int) -> None:
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        if not self._indents or self._indents[-1] < indent:
            self._indents.append(indent)


def _pieces(source: str, start: int, end: int) -> tuple[Piece, ...]:
    pieces, at = [], start
    for match in BLANK.finditer(source, start, end):
        if match.start() > at:
            pieces.append(Piece(source[at : match.start()], Span(at, match.start())))
        pieces.append(Piece(" ", Span(match.start(), match.start() + 1)))
        at = match.end()
    if at < end:
        pieces.append(Piece(source[at:end], Span(at, end)))
    return tidy(pieces)
