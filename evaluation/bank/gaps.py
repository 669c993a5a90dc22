"""Find what nobody asked about: sections of the documents in which no question has evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bank.questions import KnownQuestion
from ingest.document import Document, Section, SentenceKind

CONTENT: frozenset[SentenceKind] = frozenset({"sentence", "item", "caption"})
BACK_MATTER = re.compile(
    r"(?:\d[\d.]*\s+)?(?:"
    r"acknowledge?ments?|(?:sources? of )?funding(?: (?:sources?|statement|information))?|"
    r"financial (?:disclosures?|support)|disclosures?|declarations?|"
    r"(?:(?:declarations?|conflicts?|competing|conflicting)(?: of)? )+interests?(?: statements?)?|"
    r"(?:ethics|ethical) (?:statement|approval).*|consent for publication|"
    r"authors?['’]? contributions?|author information|about the authors?|contributors?|"
    r"data availability(?: statement)?|availability of data.*|pre-publication history|"
    r"(?:electronic )?supplementa(?:ry|l) (?:materials?|information|data)|supporting information|"
    r"additional files?|abbreviations?|keywords?|references?|bibliography|copyright|licen[cs]e"
    r")[.:]?",
    re.IGNORECASE,
)
"""Whole headings of what surrounds an article, whatever sentences are under them. Written from the
headings of the articles that the reader's training questions are on; a heading that may also be a
subject ("Informed consent") is not one of them."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A section without a question."""

    doc_id: str
    headings: tuple[str, ...]
    """Its heading trail without the document's title; empty at the start of a document."""
    n_units: int
    """Its sentences, list items and captions."""


def gaps(bank: Iterable[KnownQuestion], documents: Mapping[str, Document]) -> tuple[Gap, ...]:
    """Return the sections without a question, the longest first.

    Left out: sections that hold nothing but references, by-lines and the like, and those under a
    heading such as "Funding".
    """
    asked = {
        (sentence.doc_id, sentence.section)
        for known in bank
        for sentence in (*known.evidence, *known.to_show)
    }
    found = [
        _gap(document, document.sections[number], n_units)
        for document in documents.values()
        for number, n_units in _content(document).items()
        if (document.doc_id, number) not in asked
    ]
    return tuple(sorted(found, key=lambda gap: -gap.n_units))


def _content(document: Document) -> Mapping[int, int]:
    """Count what a question may be about, by the position of its section."""
    return Counter(
        sentence.section
        for sentence in document.sentences
        if sentence.kind in CONTENT
        and not any(map(BACK_MATTER.fullmatch, document.sections[sentence.section].headings))
    )


def _gap(document: Document, section: Section, n_units: int) -> Gap:
    is_titled = section.headings[:1] == (document.title,)
    headings = section.headings[1:] if is_titled else section.headings
    return Gap(document.doc_id, headings, n_units)
