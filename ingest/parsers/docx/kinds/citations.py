"""Citations: fields of reference managers, superscripts, and endnotes that are the references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ingest.blocks import Cited
from ingest.document import Span
from ingest.parsers.docx.kinds.part import Part
from ingest.parsers.docx.reading.paragraphs import NoteKey, Paragraph
from ingest.parsers.superscripts import (
    NUMBERS,
    are_citations,
    cited_by,
    cites_in_brackets,
    numbers_in,
)

PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def citations(parts: Sequence[Part], notes: Mapping[NoteKey, int]) -> tuple[Cited, ...]:
    """Return where in the source which entries of the reference list are cited.

    What a reference manager's field shows is a citation. A superscript is one by the rules for
    superscripts, which hold in a PDF too.

    Args:
        parts: of the text.
        notes: the entries that are endnotes, by their keys.

    """
    known = {part.number for part in parts if part.number}
    first = next((at for at, part in enumerate(parts) if part.level >= 2), 0)
    text = [part for part in parts if not part.number and part.kind != "aside"]
    found = [one for part in text for one in _of_fields(part.paragraph, known)]
    found += [one for part in text for one in _of_notes(part.paragraph, notes)]
    body = [part for part in parts[first:] if not part.number and part.kind != "aside"]
    if known and not cites_in_brackets([part.text for part in body]):
        raised = [one for part in body for one in _of_raised(part.paragraph, known)]
        found += raised if found or are_citations(raised, known) else []
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.source))


def _of_fields(paragraph: Paragraph, known: set[int]) -> Iterator[Cited]:
    for start, end in paragraph.cited:
        text = "".join(paragraph.letters[start:end]).translate(PLAIN)
        inside = text.strip("[]() \u00a0.")
        numbers = set(numbers_in(inside)) if NUMBERS.fullmatch(inside) else set()
        if numbers and numbers <= known:
            yield Cited(_span(paragraph, start, end), tuple(sorted(numbers)))


def _of_raised(paragraph: Paragraph, known: set[int]) -> Iterator[Cited]:
    managed = set(paragraph.cited)
    for start, end in paragraph.raised:
        text = "".join(paragraph.letters[start:end]).translate(PLAIN)
        numbers = cited_by(text, "".join(paragraph.letters[:start]), known)
        if numbers and (start, end) not in managed:
            yield Cited(_span(paragraph, start, end), numbers)


def _of_notes(paragraph: Paragraph, notes: Mapping[NoteKey, int]) -> Iterator[Cited]:
    """Yield what endnotes are called; the place is the character before their mark."""
    for key, place in paragraph.notes:
        if key in notes and place:
            yield Cited(_span(paragraph, place - 1, place), (notes[key],))


def _span(paragraph: Paragraph, start: int, end: int) -> Span:
    return Span(paragraph.at[start], paragraph.at[end - 1] + 1)
