"""A whole document as HTML: its contents, and its text as headings, paragraphs, lists and captions.

The white space between two blocks stands between their elements, so that the text of ``.qw-whole``
is ``Document.text``, character for character. ``data-start`` is the offset at which a block begins:
the page's script marks quotes and finds words by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote as percent_encode

from ingest.document import Document, Section, Sentence, Span
from ingest.tables.parts import Table
from ui.html.grid import grid_html, span_of
from ui.html.verbatim import seam_marks, spliced, verbatim

OUTERMOST, DEEPEST = 3, 6
"""Levels of headings: a document stands under a question or a title, which are of level 2."""
OPENING = "Opening"
"""What the contents call text before the first heading."""
_WHOLE = {"item": ("ul", "li"), "reference": ("ol", "li"), "caption": ("figure", "figcaption")}
"""The elements of what is one block by itself: the outer one, which items share, and its own."""


_TABLES = re.compile(r"(?:second )?table\b")
"""How the reasons begin for which tables are left out."""
_TABLE = '<p class="qw-gone" data-note="A table, which is only in the original."></p>'
"""Stands for a table that was left out; the note is shown by the page's style, not as text."""


@dataclass(frozen=True, slots=True)
class _Block:
    span: Span
    tag: str
    outer: str = ""
    """The element around it, if any."""
    group: int = 0
    """Blocks that follow one another in the same outer element share it."""
    attributes: str = ""
    table: Table | None = None


def document_html(document: Document, said: str = "") -> str:
    """Return a document's contents as links, its whole text, and what is ``said`` of it in HTML."""
    whole = f'<div class="qw-whole">{_text_html(document)}</div>'
    return f"{_contents_html(document)}{whole}{said}"


def section_id(doc_id: str, number: int) -> str:
    """Return the id of the first block of a document's section, counted from 1."""
    return f"{doc_id}-section-{number}"


def _contents_html(document: Document) -> str:
    entries = "".join(
        f'<li class="qw-depth-{min(len(section.headings), 4)}">'
        f'<a href="sources#{percent_encode(name)}" data-place="{verbatim(name)}">'
        f"{verbatim(section.headings[-1] if section.headings else OPENING)}</a></li>"
        for name, section in _named(document)
    )
    return f'<nav class="qw-contents" aria-label="Contents"><ul>{entries}</ul></nav>'


def _named(document: Document) -> Iterator[tuple[str, Section]]:
    for number, section in enumerate(document.sections, start=1):
        yield section_id(document.doc_id, number), section


def _text_html(document: Document) -> str:
    """Return blocks and what is between them, which is white space, and where tables are not."""
    made, at, gone = [], 0, _ends_before_tables(document)
    grouped = groupby(
        _complete(document, _blocks(document)), key=lambda block: (block.outer, block.group)
    )
    for (outer, _), group in grouped:
        blocks = list(group)
        made.append(verbatim(document.text[at : blocks[0].span.start]))
        made.append(f"<{outer}>" if outer else "")
        for block in blocks:
            made.append(verbatim(document.text[max(at, blocks[0].span.start) : block.span.start]))
            made.append(_block_html(document, block))
            at = block.span.end
            made += [_TABLE for end in gone if not outer and block.span.start < end <= at]
        made.append(f"</{outer}>" if outer else "")
        made += [_TABLE for end in gone if outer and blocks[0].span.start < end <= at]
    return "".join([*made, verbatim(document.text[at:])])


def _ends_before_tables(document: Document) -> list[int]:
    """Return the offset where the text before each table of the file ends: tables are left out."""
    ends = []
    for table in (one for one in document.dropped if _TABLES.match(one.reason)):
        before = [run for run in document.runs if run.source.end <= table.source.start]
        if before:
            ends.append(max(before, key=lambda run: run.source.end).text.end)
    return ends


def _block_html(document: Document, block: _Block) -> str:
    if block.table is not None:
        return grid_html(document, block.table, block.attributes)
    start = block.span.start
    text = spliced(document.quote(block.span), seam_marks(document.seams_in(block.span), start))
    return f'<{block.tag}{block.attributes} data-start="{start}">{text}</{block.tag}>'


def _complete(document: Document, blocks: Iterable[_Block]) -> Iterator[_Block]:
    """Yield blocks and, as paragraphs, the text that belongs to none."""
    at = 0
    for block in blocks:
        yield from _rest(document, at, block.span.start)
        yield block
        at = block.span.end
    yield from _rest(document, at, len(document.text))


def _rest(document: Document, start: int, end: int) -> Iterator[_Block]:
    text = document.text[start:end]
    if text.strip():
        first = start + len(text) - len(text.lstrip())
        yield _Block(Span(first, first + len(text.strip())), "p")


def _blocks(document: Document) -> Iterator[_Block]:
    """Yield every heading and everything that may be quoted; a section's first block has its id."""
    numbers = {reference.span: reference.number for reference in document.references}
    by_section = groupby(document.sentences, key=lambda sentence: sentence.section)
    sentences = {section: list(group) for section, group in by_section}
    for position, (name, section) in enumerate(_named(document)):
        inside = sentences.get(position, [])
        under = sorted([*_under(inside, numbers), *_tables(document, section)], key=_start)
        for at, block in enumerate([*_heading(document, section, inside), *under]):
            first = f' id="{verbatim(name)}"' if at == 0 else ""
            yield replace(block, attributes=first + block.attributes)


def _heading(document: Document, section: Section, inside: list[Sentence]) -> Iterator[_Block]:
    """Yield a section's heading; a caption's section is named after it and has none."""
    if not section.headings or not section.headings[-1]:
        return
    span = Span(section.span.start, section.span.start + len(section.headings[-1]))
    is_free = not inside or inside[0].span.start >= span.end
    if is_free and document.quote(section.span).startswith(section.headings[-1]):
        level = min(OUTERMOST + len(section.headings) - 1, DEEPEST)
        yield _Block(span, f"h{level}")


def _tables(document: Document, section: Section) -> Iterator[_Block]:
    for table in document.tables:
        if table.rows and section.span.covers(table.head):
            yield _Block(span_of(table), "", table=table)


def _start(block: _Block) -> int:
    return block.span.start


def _under(sentences: list[Sentence], numbers: Mapping[Span, int]) -> Iterator[_Block]:
    """Yield the blocks that a section's sentences are in: whole ones, and paragraphs of several."""

    def block_of(sentence: Sentence) -> tuple[int, int]:
        is_whole = sentence.kind in _WHOLE
        return sentence.paragraph, sentence.span.start if is_whole else -1

    written = (sentence for sentence in sentences if sentence.kind != "row")
    for (paragraph, _), group in groupby(written, key=block_of):
        within = list(group)
        span = Span(within[0].span.start, within[-1].span.end)
        kind, number = within[0].kind, numbers.get(span)
        if kind == "reference" and number is None:
            yield _Block(span, "p")
        else:
            outer, tag = _WHOLE.get(kind, ("", "p"))
            value = f' value="{number}"' if number else ""
            yield _Block(span, tag, outer, paragraph, value)
