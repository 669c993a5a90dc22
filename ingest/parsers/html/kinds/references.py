"""Reference lists: their entries with numbers, and the links and superscripts that cite them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.blocks import Block, Cited, Piece
from ingest.document import Span
from ingest.parsers.html.kinds.flow import Made
from ingest.parsers.html.kinds.inline import Raised
from ingest.parsers.html.markup.tree import Element, Tree
from ingest.parsers.raised import cites, numbers_of
from ingest.references import is_reference_heading

LABEL = re.compile(r"(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]|(\d{1,3})(?=\s))\s*")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MOST = 0.8
"""Part of the entries that must have a number of their own for it to be one."""


def make_entries(made: Made) -> None:
    """Turn what stands under the heading of a reference list into its numbered entries.

    Entries are items. A list whose entries are paragraphs is made one of items.
    """
    for start, end in _lists(made.blocks):
        places = [at for at in range(start, end) if made.blocks[at].kind == "item"]
        if not places:
            places = [at for at in range(start, end) if _is_entry(made.blocks[at])]
        labels = [LABEL.match(made.blocks[at].text) for at in places]
        numbers = [int(label[label.lastindex or 0]) if label else 0 for label in labels]
        is_numbered = sum(1 for at, n in enumerate(numbers) if n == at + 1) >= MOST * len(places)
        for place, label, number in zip(places, labels, numbers, strict=True):
            block = replace(made.blocks[place], kind="item", level=1)
            if is_numbered and label and label.end() < len(block.text):
                block = _without_label(made, block, label.end(), number)
            else:
                block = replace(block, number=_given(made.of[place]))
            made.blocks[place] = block


def _lists(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield where the blocks under each heading of references begin and end."""
    start = level = 0
    for at, block in enumerate(blocks):
        if block.kind != "heading":
            continue
        if start and block.level <= level:
            yield start, at
            start = 0
        if is_reference_heading(block.text):
            start, level = at + 1, block.level
    if start:
        yield start, len(blocks)


def _is_entry(block: Block) -> bool:
    return block.kind == "paragraph" and YEAR.search(block.text) is not None


def _given(element: Element | None) -> int:
    """Return the number that the list or its item says that an entry has; 0 without one."""
    value = element.attributes.get("value", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) <= 4 else 0


def _without_label(made: Made, block: Block, length: int, number: int) -> Block:
    """Return an entry without the number printed before it."""
    pieces: list[Piece] = []
    left = length
    for piece in block.pieces:
        cut = min(left, len(piece.text))
        left -= cut
        if cut and piece.source is not None:
            end = piece.source.start + cut if cut < len(piece.text) else piece.source.end
            made.drop(piece.source.start, end, "number of a reference")
        if cut < len(piece.text):
            pieces.append(_rest(piece, cut))
    return replace(block, pieces=tuple(pieces), number=number)


def _rest(piece: Piece, cut: int) -> Piece:
    if not cut or piece.source is None or len(piece.source) != len(piece.text):
        return piece
    return replace(
        piece, text=piece.text[cut:], source=Span(piece.source.start + cut, piece.source.end)
    )


def find_citations(
    tree: Tree, blocks: Sequence[Block], links: Sequence[tuple[str, Span]], raised: Sequence[Raised]
) -> tuple[Cited, ...]:
    """Return where in the source which entries are cited: by links to them, or by superscripts.

    Authors have superscripts of numbers too: where there are headings under the title, what stands
    before the first of them is not looked at.
    """
    entries = _entries(blocks)
    if not entries:
        return ()
    spans = sorted(blocks[at].source for at in entries)
    of_id = _ids(tree, blocks, entries)
    found: dict[Span, set[int]] = {}
    for target, source in links:
        if target in of_id:
            found.setdefault(source, set()).add(of_id[target])
    text = _start_of_text(blocks)
    marks = [one for one in raised if one.source not in found and one.source.start >= text]
    texts = [block.text for at, block in enumerate(blocks) if at not in entries]
    for at in cites([(one.before, one.text) for one in marks], set(entries.values()), texts):
        found[marks[at].source] = set(numbers_of(marks[at].text))
    for one in raised:
        if one.source in found:  # "3-5" links to the third and the fifth
            found[one.source] |= set(numbers_of(one.text)) & set(entries.values())
    return tuple(
        Cited(source, tuple(sorted(numbers)))
        for source, numbers in sorted(found.items())
        if not _is_in(source, spans)
    )


def _start_of_text(blocks: Sequence[Block]) -> int:
    """Return the offset in the source of the first heading under the title; 0 without one."""
    headings = (b for b in blocks if b.kind == "heading" and b.level > 1)
    first = next((b for b in headings if not is_reference_heading(b.text)), None)
    return first.source.start if first else 0


def _is_in(source: Span, spans: Sequence[Span]) -> bool:
    at = bisect_right(spans, source) - 1
    return at >= 0 and spans[at].covers(source)


def _entries(blocks: Sequence[Block]) -> dict[int, int]:
    """Return the number of each entry by the position of its block."""
    found: dict[int, int] = {}
    for start, end in _lists(blocks):
        for at in range(start, end):
            if blocks[at].kind == "item":
                found[at] = blocks[at].number or len(found) + 1
    return found


def _ids(tree: Tree, blocks: Sequence[Block], entries: dict[int, int]) -> dict[str, int]:
    """Return the number of the entry that each id in the list belongs to."""
    order = sorted(range(len(blocks)), key=lambda at: blocks[at].source.start)
    starts = [blocks[at].source.start for at in order]
    found: dict[str, int] = {}
    for element in tree.elements[1:]:
        name = element.attributes.get("id") or element.attributes.get("name", "")
        if not name:
            continue
        before = bisect_right(starts, element.start) - 1
        inside = before >= 0 and element.start < blocks[order[before]].source.end
        place = before if inside else bisect_left(starts, element.start)
        if place < len(order) and order[place] in entries:
            found.setdefault(name, entries[order[place]])
    return found
