"""Which paragraph is what: headings, captions, list items, what is not quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.parsers.docx.kinds.headings import mark_headings
from ingest.parsers.docx.kinds.part import Part
from ingest.parsers.docx.kinds.rows import rows_of
from ingest.parsers.docx.reading.paragraphs import NoteKey, Paragraph, Table, paragraphs_of
from ingest.parsers.docx.reading.styles import CAPTION, Styles

LABEL = re.compile(
    r"(?:(?:supplementary|supplemental|additional|online)\s+)?"
    r"(?:fig(?:ure)?s?\b\.?|tab(?:le)?s?\b\.?|box\b|scheme\b|chart\b|plate\b|graph\b)\s*[-–]?\s*"
    r"(?:[A-Z]?\d{1,3}[A-Za-z]?\b|[IVX]{1,5}\b)(?P<stop>\s*[.:|–—-])?",
    re.I,
)
BULLET = re.compile(r"[•‣▪◦·●○■□–-][ \t\u00a0]+(?=\S)")
CONTENTS, LABELS = "table of contents", "labels in a figure"


Items = Sequence[Paragraph | Table]


def parts_of(items: Items, notes: Mapping[NoteKey, Items], styles: Styles) -> list[Part]:
    """Return the parts of the text, each with its kind.

    Args:
        items: of the text.
        notes: what each footnote and endnote holds; it follows the paragraph or list that refers
            to it.
        styles: of the file.

    """
    made = list(_in_order(items, notes, styles))
    made = _join_captions(made)
    mark_headings(made, styles)
    return made


def _in_order(items: Items, notes: Mapping[NoteKey, Items], styles: Styles) -> Iterator[Part]:
    waiting: list[Part] = []
    for item in items:
        if isinstance(item, Table):
            yield from _of_table(item, styles)
            continue
        part = _part(item, styles)
        if part.kind != "item":
            yield from waiting
            waiting = []
        yield part
        waiting += _in_order(item.boxes, notes, styles)
        for key, _ in item.notes:
            waiting += _in_order(notes.get(key, ()), {}, styles)
        if part.kind != "item":
            yield from waiting
            waiting = []
    yield from waiting


def _of_table(table: Table, styles: Styles) -> Iterator[Part]:
    """Yield the rows of a table or, if they are left out, its cells and captions among them."""
    rows = rows_of(table)
    if not isinstance(rows, str):
        yield from (Part(Paragraph(), row.kind, row=row) for row in rows)
        return
    for paragraph in paragraphs_of([table]):
        part = _part(paragraph, styles)
        yield part if part.kind == "caption" else Part(paragraph, "aside", reason=rows)


def _part(paragraph: Paragraph, styles: Styles) -> Part:
    if paragraph.is_contents:
        return Part(paragraph, "aside", reason=CONTENTS)
    if paragraph.level and paragraph.text:
        return Part(paragraph, "heading", paragraph.level)
    if is_caption(paragraph, styles):
        return Part(paragraph, "caption")
    if paragraph.is_label:
        return Part(paragraph, "aside", reason=LABELS)
    bullet = BULLET.match("".join(paragraph.letters))
    if bullet and not paragraph.depth:
        return Part(paragraph, "item", 1, bullet.end())
    return Part(paragraph, "item" if paragraph.depth else "paragraph", paragraph.depth)


def is_caption(paragraph: Paragraph, styles: Styles) -> bool:
    """Whether a paragraph has a caption's style or number, or begins with a label and a stop."""
    text = paragraph.text
    label = LABEL.match(text)
    if styles.is_named(paragraph.style, CAPTION) or paragraph.sequence:
        return bool(text) and paragraph.sequence.lower() != "equation"
    if label is None or label["stop"] is None:
        return False
    return not text[label.end() :].lstrip()[:1].islower()


def _join_captions(parts: Sequence[Part]) -> list[Part]:
    """Give a label that stands alone the paragraph after it, its caption."""
    made: list[Part] = []
    for part in parts:
        last = made[-1] if made else None
        is_text = part.kind in ("caption", "paragraph") and not LABEL.match(part.text)
        if last and last.kind == "caption" and is_text and LABEL.fullmatch(last.text):
            last.paragraph.take_line(part.paragraph)
        else:
            made.append(part)
    return made
