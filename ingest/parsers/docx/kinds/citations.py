"""Citations: fields of reference managers, superscripts, and endnotes that are the references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ingest.blocks import Cited
from ingest.document import Span
from ingest.parsers.docx.kinds.part import Part
from ingest.parsers.docx.reading.paragraphs import NoteKey, Paragraph
from ingest.parsers.raised import cites, numbers_of

NUMBERS = re.compile(r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*")
REACH = 10
"""Characters before a superscript that are looked at; of the longest power, four."""
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def citations(parts: Sequence[Part], notes: Mapping[NoteKey, int]) -> tuple[Cited, ...]:
    """Return where in the source which entries of the reference list are cited.

    What a reference manager's field shows is a citation. Other superscripts are by the rules that
    hold in a PDF too; authors have some, so what stands before the first heading under the title
    is not looked at.

    Args:
        parts: of the text.
        notes: the entries that are endnotes, by their keys.

    """
    known = {part.number for part in parts if part.number}
    text = [part for part in parts if not part.number and part.kind != "aside" and part.text]
    found = [one for part in text for one in _of_fields(part.paragraph, known)]
    found += [one for part in text for one in _of_notes(part.paragraph, notes)]
    first = next((at for at, part in enumerate(text) if at and part.kind == "heading"), 0)
    body = text[first:]
    managed = {one.source for one in found}
    marks = [one for part in body for one in _raised(part.paragraph) if one[2] not in managed]
    for at in cites([one[:2] for one in marks], known, [part.text for part in body]):
        found.append(_cited(marks[at][1], marks[at][2]))
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.source))


def _of_fields(paragraph: Paragraph, known: set[int]) -> Iterator[Cited]:
    for start, end in paragraph.cited:
        text = "".join(paragraph.letters[start:end]).translate(PLAIN)
        inside = text.strip("[]() \u00a0.")
        if NUMBERS.fullmatch(inside) and set(numbers_of(inside)) <= known:
            yield _cited(inside, _span(paragraph, start, end))


def _raised(paragraph: Paragraph) -> Iterator[tuple[str, str, Span]]:
    """Yield what stands before each superscript of numbers, its text, and its place."""
    for start, end in paragraph.raised:
        text = "".join(paragraph.letters[start:end]).translate(PLAIN)
        if start and NUMBERS.fullmatch(text.rstrip(", ")):
            before = "".join(paragraph.letters[max(start - REACH, 0) : start])
            yield before, text, _span(paragraph, start, end)


def _cited(text: str, source: Span) -> Cited:
    return Cited(source, tuple(sorted(set(numbers_of(text)))))


def _of_notes(paragraph: Paragraph, notes: Mapping[NoteKey, int]) -> Iterator[Cited]:
    """Yield what endnotes are called; the place is the character before their mark."""
    for key, place in paragraph.notes:
        if key in notes and place:
            yield Cited(_span(paragraph, place - 1, place), (notes[key],))


def _span(paragraph: Paragraph, start: int, end: int) -> Span:
    return Span(paragraph.at[start], paragraph.at[end - 1] + 1)
