"""The facts of a paper from its metadata and its first page; what is not found is left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape

from ingest.facts import LICENCE, LICENCE_URL, Fact, study_facts
from ingest.parsers.pdf.metadata import Metadata
from ingest.references import DOI

FIRST_PAGES = 2
"""Some files begin with a cover sheet."""
YEAR = re.compile(
    r"(?:©|\(c\)|copyright|published|accepted|available online|publication date)\D{0,60}?"
    r"\b((?:19|20)\d\d)\b",
    re.I,
)
ANY_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
TITLE_WORDS = 4
AGREED = 0.95
"""Part of the letters: the least of 58 papers without trouble is .956."""


def find_facts(metadata: Metadata, first: str, title: str) -> tuple[Fact, ...]:
    """Return what was found.

    Args:
        metadata: of the file.
        first: the text of its first pages, as PDFium gives it.
        title: the heading that looks like the title; empty if none does.

    """
    return tuple(_facts(metadata, first, title))


def find_notes(metadata: Metadata, *, is_ocr: bool, n_pictures: int) -> tuple[str, ...]:
    """Return what whoever adds the file should know, a sentence each."""
    return tuple(_notes(metadata, is_ocr=is_ocr, n_pictures=n_pictures))


def _notes(metadata: Metadata, *, is_ocr: bool, n_pictures: int) -> Iterator[str]:
    if is_ocr:
        yield "The text was read from pictures by a machine; look at what it read."
    if n_pictures:
        yield f"{n_pictures} of its pages are pictures without text and were not read."
    if metadata.agreement < AGREED:
        yield (
            f"Two libraries agree on {metadata.agreement:.0%} of its letters only; compare its "
            "text with its pages."
        )
    if metadata.attachments:
        yield f"Files are attached to it and were not read: {', '.join(metadata.attachments)}."


def _facts(metadata: Metadata, first: str, title: str) -> Iterator[Fact]:
    named = _title(metadata, first, title)
    if named:
        yield named
        yield from study_facts(named)
    doi = _doi(metadata, first)
    if doi:
        yield doi
    year = _year(first)
    if year:
        yield year
    licence = LICENCE_URL.search(_unbroken(first)) or LICENCE.search(" ".join(first.split()))
    if licence:
        yield Fact("licence", licence.group().rstrip("./"), "first page")


def _title(metadata: Metadata, first: str, title: str) -> Fact | None:
    """A title of the metadata counts only if all of its letters stand on the first page."""
    letters = _letters(first)
    for given in metadata.titles:
        clean = unescape(unescape(given))
        if len(clean.split()) >= TITLE_WORDS and _letters(clean) in letters:
            return Fact("title", clean, "metadata")
    return Fact("title", title, "first page") if title else None


def _doi(metadata: Metadata, first: str) -> Fact | None:
    if metadata.doi:
        return Fact("DOI", metadata.doi, "metadata")
    for value in metadata.info.values():
        if match := DOI.search(value):
            return Fact("DOI", match.group(), "metadata")
    match = DOI.search(first)
    return Fact("DOI", match.group(), "first page") if match else None


def _year(first: str) -> Fact | None:
    labelled = Counter(YEAR.findall(" ".join(first.split())))
    years = labelled or Counter(ANY_YEAR.findall(first))
    if not years:
        return None
    most = max(years.values())
    return Fact("issued", max(year for year, n in years.items() if n == most), "first page")


def _unbroken(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)


def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).lower()
    return "".join(letter for letter in folded if letter.isalpha())


def first_text(texts: Sequence[str]) -> str:
    """Return the text of the first pages."""
    return "\n".join(texts[:FIRST_PAGES])
