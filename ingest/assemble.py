"""Write the blocks of a draft into one canonical text, and locate everything in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import Block, Draft
from ingest.canon import CanonicalText, are_listed
from ingest.citing.author_year import entry_of
from ingest.citing.places import places
from ingest.document import (
    Document,
    Reference,
    Section,
    Sentence,
    SentenceKind,
    Span,
)
from ingest.facts import RELATIONS
from ingest.references import (
    ABBREVIATIONS_LABEL,
    KEYWORDS,
    abbreviations,
    is_abbreviations_heading,
    is_reference,
    is_reference_heading,
    keywords,
    reference,
)
from ingest.repair.joins import CAPTION, ENDED
from ingest.repair.lead_ins import LeadIns
from ingest.sentences import split_sentences
from ingest.tables.torn import OF_TABLE
from ingest.tables.writing import Writing, floats_of


@dataclass(slots=True)
class _Part:
    """A future section: its heading trail and its blocks, the heading first."""

    headings: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Page:
    """A document while it is written."""

    doc_id: str
    canon: CanonicalText = field(default_factory=CanonicalText)
    sections: list[Section] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    keywords: list[Span] = field(default_factory=list)
    definitions: list[Span] = field(default_factory=list)
    tables: Writing = field(default_factory=Writing)


def assemble(doc_id: str, draft: Draft, sha256: str) -> Document:
    """Turn a draft into a document: its text, sections, sentences and records."""
    page = _Page(doc_id)
    parts = list(_parts(draft.blocks))
    for part in parts:
        start = page.canon.length
        _write_part(page, part, len(page.sections), is_last=part is parts[-1])
        page.sections.append(Section(doc_id, part.headings, Span(start, page.canon.length)))
    text = page.canon.text
    title = next((b.text for b in draft.blocks if b.kind == "heading"), doc_id)
    return Document(
        doc_id=doc_id,
        title=title,
        text=text,
        source=draft.source,
        sha256=sha256,
        runs=page.canon.runs,
        seams=tuple(page.canon.seams),
        sections=tuple(page.sections),
        sentences=tuple(page.sentences),
        references=tuple(page.references),
        abbreviations=abbreviations(text, page.definitions),
        keywords=tuple(page.keywords),
        tables=tuple(page.tables.tables),
        dropped=tuple(sorted(draft.dropped, key=lambda d: d.source)),
        page_starts=draft.page_starts,
        is_ocr=draft.is_ocr,
        related=tuple((f.name, f.value) for f in draft.facts if f.name in RELATIONS),
        cited=tuple(sorted(places(draft, page.canon, page.references))),
        boxes=draft.boxes,
    )


def _parts(blocks: Sequence[Block]) -> Iterator[_Part]:
    """Cut the blocks into sections; captions with their tables follow, each a section of its own.

    A table without a caption comes last in its section.

    The publisher's notices go to the end of the first section, where a title page has them.
    """
    notices = [block for block in blocks if block.kind == "notice"]
    for position, part in enumerate(_under_headings([b for b in blocks if b.kind != "notice"])):
        floats = list(floats_of(part.blocks))
        part.blocks = [b for b in part.blocks if b.kind != "caption" and b.kind not in OF_TABLE]
        part.blocks += (b for blocks in floats if blocks[0].kind != "caption" for b in blocks)
        part.blocks += notices if position == 0 else []
        if part.blocks:
            yield part
        for blocks in floats:
            if blocks[0].kind == "caption":
                name = blocks[0].label or _figure(blocks[0].text)
                yield _Part((*part.headings, name), blocks)


def _figure(caption: str) -> str:
    """Return "Figure 3" of the caption "Figure 3. …"."""
    label = CAPTION.match(caption)
    return label.group().rstrip(".:|") if label else caption


def _under_headings(blocks: Sequence[Block]) -> Iterator[_Part]:
    trail: list[tuple[int, str]] = []
    part = _Part(())
    for block in blocks:
        if block.kind == "heading":
            if part.blocks:
                yield part
            trail = [(level, text) for level, text in trail if level < block.level]
            trail.append((block.level, block.text))
            part = _Part(tuple(text for _, text in trail))
        part.blocks.append(block)
    if part.blocks:
        yield part


def _write_part(page: _Page, part: _Part, section: int, is_last: bool) -> None:
    in_references = bool(part.headings) and is_reference_heading(part.headings[-1])
    previous, lead_ins, paragraph = None, LeadIns(), 0
    for block in _with_entries(part.blocks) if in_references else part.blocks:
        page.canon.gap(previous, block)
        span = page.canon.write(block)
        if block.kind == "heading":
            previous = block
            continue
        if previous is None or not are_listed(previous, block):
            paragraph += 1
        if block.kind in OF_TABLE:
            _write_row(page, block, span, section, paragraph)
            previous = block
            continue
        unit = None
        for kind, unit, text in _units(block, span.start, in_references):
            lead_in = lead_ins.of(block)
            page.sentences.append(
                Sentence(page.doc_id, unit, text, kind, section, paragraph, lead_in)
            )
        lead_ins.note(block, unit)
        _record(page, block, span, in_references)
        if _defines(block, previous, part.headings):
            page.definitions.append(_after_label(block, span))
        previous = block
    page.canon.add("" if is_last else "\n\n")


def _with_entries(blocks: Sequence[Block]) -> list[Block]:
    """Make entries of the paragraphs of a reference list that has no items, if they begin so."""
    if any(block.kind == "item" for block in blocks):
        return list(blocks)
    return [
        replace(b, kind="item", level=1) if b.kind == "paragraph" and entry_of(b.text) else b
        for b in blocks
    ]


def _write_row(page: _Page, block: Block, span: Span, section: int, paragraph: int) -> None:
    """Note a row of a table; it may be quoted, together with its head."""
    last = page.sentences[-1] if page.sentences else None
    has_caption = last is not None and last.section == section and last.kind == "caption"
    page.tables.note(block, span, last.span if last and has_caption else None)
    if block.kind == "row":
        head = page.tables.tables[-1].head
        page.sentences.append(
            Sentence(page.doc_id, span, block.text, "row", section, paragraph, head)
        )


def _units(
    block: Block, start: int, in_references: bool
) -> Iterator[tuple[SentenceKind, Span, str]]:
    """Yield what may be quoted from a block that was written at ``start``."""
    text = block.text
    whole = _whole(block, text, in_references)
    if whole:
        yield whole, Span(start, start + len(text)), text
        return
    for unit in split_sentences(text, Span(0, len(text))):
        sentence = text[unit.start : unit.end]
        is_line = block.kind == "notice" or not ENDED.search(sentence)
        span = Span(start + unit.start, start + unit.end)
        yield ("line" if is_line else "sentence"), span, sentence


def _whole(block: Block, text: str, in_references: bool) -> SentenceKind | None:
    """Return the kind of a block that is quoted whole, or None if it is prose."""
    if block.kind == "caption":
        return "caption"
    if _is_entry(block, in_references) or is_reference(text):
        return "reference"
    return "item" if block.kind == "item" else None


def _is_entry(block: Block, in_references: bool) -> bool:
    """Whether a block is an entry of a reference list: numbered, or under such a heading."""
    return block.kind == "item" and (in_references or block.number > 0)


def _record(page: _Page, block: Block, span: Span, in_references: bool) -> None:
    if _is_entry(block, in_references):
        page.references.append(reference(block.number or len(page.references) + 1, span, block))
    if KEYWORDS.match(block.text):
        page.keywords.extend(keywords(block.text, span.start))


def _defines(block: Block, previous: Block | None, headings: tuple[str, ...]) -> bool:
    """Whether a block is a list of abbreviations: under such a heading or label, or after one."""
    text = block.text
    if ABBREVIATIONS_LABEL.fullmatch(text):
        return False
    if ABBREVIATIONS_LABEL.match(text):
        return True
    under_label = previous is not None and ABBREVIATIONS_LABEL.fullmatch(previous.text)
    return bool(under_label) or (bool(headings) and is_abbreviations_heading(headings[-1]))


def _after_label(block: Block, span: Span) -> Span:
    label = ABBREVIATIONS_LABEL.match(block.text)
    return replace(span, start=span.start + label.end()) if label else span
