"""PDF: characters by PDFium, their order and meaning by their place and type on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ingest.blocks import Block, Draft, tidy
from ingest.boxes import Boxes
from ingest.document import Dropped, Span
from ingest.errors import UnreadableFileError
from ingest.parsers.facts import find_facts
from ingest.parsers.pdf.doubtful import doubtful_offsets
from ingest.parsers.pdf.facts import find_notes, first_text
from ingest.parsers.pdf.kinds.asides import mark_asides
from ingest.parsers.pdf.kinds.captions import mark_captions
from ingest.parsers.pdf.kinds.citations import superscript_citations
from ingest.parsers.pdf.kinds.entries import find_references, split_at_references
from ingest.parsers.pdf.kinds.flow import join_columns
from ingest.parsers.pdf.kinds.headings import mark_headings
from ingest.parsers.pdf.kinds.hyphens import Vocabulary
from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.kinds.pieces import pieces_of
from ingest.parsers.pdf.kinds.rows import set_out_rows
from ingest.parsers.pdf.kinds.run_ins import split_run_ins
from ingest.parsers.pdf.layout.columns import columns, common_gutters
from ingest.parsers.pdf.layout.furniture import running_heads
from ingest.parsers.pdf.layout.lines import Line, lines_of
from ingest.parsers.pdf.layout.measures import Measures, measure
from ingest.parsers.pdf.layout.paragraphs import paragraphs
from ingest.parsers.pdf.layout.segments import Segment, segments
from ingest.parsers.pdf.metadata import read_metadata
from ingest.parsers.pdf.pages import Page
from ingest.parsers.pdf.pdfium.reading import read_pages
from ingest.parsers.pdf.placed import make_boxes
from ingest.parsers.pdf.sieve import is_ocr_layer, is_picture, sift


def parse(data: bytes) -> Draft:
    """Return the blocks of a PDF; ``Draft.source`` is its characters in the order of the file.

    Raises:
        UnreadableFileError: if it is damaged, needs a password, or holds pictures of pages only.

    """
    pages = read_pages(data)
    source = "".join(page.text for page in pages)
    if not source.strip() or 2 * sum(map(is_picture, pages)) > len(pages):
        raise UnreadableFileError(
            "holds pictures of pages without text; run it through OCR first, for example with "
            "`ocrmypdf`, and look at what it read"
        )
    metadata = read_metadata(data, pages)
    read = [page.upright() for page in pages]
    dropped: list[Dropped] = []
    lines = _lines(read, dropped)
    parts = _parts(lines)
    blocks = tuple(_blocks(parts, source, Vocabulary(lines)))
    title = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), "")
    is_ocr, n_pictures = any(map(is_ocr_layer, pages)), sum(map(is_picture, pages))
    return Draft(
        source,
        blocks,
        tuple(dropped),
        page_starts=tuple(page.start for page in pages),
        has_headings=any(block.kind == "heading" for block in blocks),
        doubtful=doubtful_offsets(read, lines, metadata.mapped),
        is_ocr=is_ocr,
        boxes=_boxes(pages, metadata.labels),
        notes=find_notes(metadata, is_ocr=is_ocr, n_pictures=n_pictures),
        cited=superscript_citations(parts),
        facts=find_facts(metadata, first_text([page.text for page in pages]), title),
    )


def _blocks(parts: Sequence[Part], source: str, words: Vocabulary) -> Iterator[Block]:
    for part in parts:
        if part.row is not None:
            yield part.row
            continue
        pieces = tidy(pieces_of(part.lines, source, words, part.skip))
        if pieces:
            yield Block(part.kind, pieces, part.level, part.reason, part.number)


def _boxes(pages: Sequence[Page], labels: Sequence[str]) -> Boxes:
    sizes = [(page.width, page.height) for page in pages]
    edges = [
        page.line_boxes() / np.array([width, height, width, height])
        for page, (width, height) in zip(pages, sizes, strict=True)
    ]
    return make_boxes(np.concatenate(edges), [page.start for page in pages], sizes, labels)


def _lines(pages: Sequence[Page], dropped: list[Dropped]) -> list[Line]:
    """Return the lines of all pages in reading order."""
    found: list[list[Segment]] = []
    for at, page in enumerate(pages):
        kept = np.ones(len(page.text), dtype=bool)
        for reason, out in sift(page).items():
            dropped.extend(_dropped(page, np.flatnonzero(out & kept), reason))
            kept &= ~out
        found.append(list(segments(page, at, kept)))
    for page, of_page, heads in zip(pages, found, running_heads(pages, found), strict=True):
        for at in sorted(heads, reverse=True):
            dropped.extend(_dropped(page, of_page.pop(at).glyphs, "running head"))
    known = common_gutters(found)
    lines: list[Line] = []
    for page, of_page in zip(pages, found, strict=True):
        for number, column in enumerate(columns(of_page, known)):
            lines += lines_of(column, page, number)
    return lines


def _dropped(page: Page, glyphs: np.ndarray, reason: str) -> list[Dropped]:
    """Return the stretches of a page that are left out for one reason."""
    if not len(glyphs):
        return []
    runs = np.split(glyphs, np.flatnonzero(np.diff(glyphs) > 2) + 1)
    return [
        Dropped(
            Span(page.start + int(run[0]), page.start + int(run[-1]) + 1),
            page.text[run[0] : run[-1] + 1],
            reason,
        )
        for run in runs
    ]


def _parts(lines: Sequence[Line]) -> list[Part]:
    first = measure(lines)
    references = find_references(lines, first)
    if references is None:
        return _text(lines, first)
    before, listed, after = split_at_references(lines, references)
    measures = measure(before)
    return _text(before, measures) + listed + _text(after, measures, is_after=True)


def _text(lines: Sequence[Line], measures: Measures, *, is_after: bool = False) -> list[Part]:
    parts = [Part(group) for group in paragraphs(lines, measures)]
    parts = mark_captions(parts, measures)
    if not is_after:
        parts = split_run_ins(parts, measures)
        mark_headings(parts, measures)
    mark_asides(parts, measures)
    return set_out_rows(join_columns(parts, measures), lines)
