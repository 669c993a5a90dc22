"""How facts of a paper are told; what is not found is left out.

Licences and kinds of studies are told in one way in every format; the rest of what a file's
metadata and its first page say, where nothing marks it, for PDF and DOCX.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Protocol

from ingest.facts import Fact
from ingest.references import DOI

YEAR = re.compile(
    r"(?:©|\(c\)|copyright|published|accepted|available online|publication date)\D{0,60}?"
    r"\b((?:19|20)\d\d)\b",
    re.I,
)
ANY_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
TITLE_WORDS = 4
HYPHENS = re.compile("[\u2010-\u2015\u2212]")
LICENCE = re.compile(
    r"creative commons[\w\s-]{0,40}?(?:licen[cs]e|zero|public domain)"
    r"|\bCC[ -]BY(?:-NC)?(?:-ND|-SA)?\b(?:[ -]?\d\.\d)?",
    re.I,
)
LICENCE_URL = re.compile(r"creativecommons\.org/(?:licenses|publicdomain)/[\w./-]+", re.I)
STUDY = (
    ("meta-analysis", re.compile(r"meta-?\s?analysis", re.I)),
    ("systematic review", re.compile(r"systematic (?:literature )?review", re.I)),
    ("randomised trial", re.compile(r"randomi[sz]ed", re.I)),
    ("case report", re.compile(r"case report|report of (?:a|two|three) cases?", re.I)),
    ("case series", re.compile(r"case series", re.I)),
    ("cohort study", re.compile(r"\bcohort\b", re.I)),
    ("case-control study", re.compile(r"case[- ]control", re.I)),
    ("cross-sectional study", re.compile(r"cross-?sectional", re.I)),
)
"""What a title calls the study, strongest first: a proposal, for a person to confirm."""


class Metadata(Protocol):
    """What a file says of itself beside its text."""

    @property
    def doi(self) -> str:
        """What is said to be the DOI; empty if nothing is."""

    @property
    def titles(self) -> tuple[str, ...]:
        """What is called the title: often a file name."""

    @property
    def info(self) -> Mapping[str, str]:
        """Everything, by name."""


def find_facts(
    metadata: Metadata, first: str, title: str, *, labelled_only: bool = False
) -> tuple[Fact, ...]:
    """Return what was found.

    Args:
        metadata: of the file.
        first: the text of its first pages, as it is read.
        title: the heading that looks like the title; empty if none does.
        labelled_only: that a year counts only where it is said what it is the year of: a
            manuscript tells of years, a journal's page prints its own.

    """
    return tuple(_facts(metadata, first, title, labelled_only=labelled_only))


def _facts(metadata: Metadata, first: str, title: str, *, labelled_only: bool) -> Iterator[Fact]:
    named = _title(metadata, first, title)
    if named:
        yield named
        study = study_in(named.value)
        if study:
            yield Fact("study", study, named.origin)
    doi = _doi(metadata, first)
    if doi:
        yield doi
    year = _year(first, labelled_only=labelled_only)
    if year:
        yield year
    licence = licence_in(f"{_unbroken(first)}\n{' '.join(first.split())}")
    if licence:
        yield Fact("licence", licence, "first page")


def _title(metadata: Metadata, first: str, title: str) -> Fact | None:
    """A title of the metadata counts only if all of its letters stand on the first page."""
    letters = letters_of(first)
    for given in metadata.titles:
        clean = unescape(unescape(given))
        if len(clean.split()) >= TITLE_WORDS and letters_of(clean) in letters:
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


def _year(first: str, *, labelled_only: bool) -> Fact | None:
    years = Counter(YEAR.findall(" ".join(first.split())))
    if not (years or labelled_only):
        years = Counter(ANY_YEAR.findall(first))
    if not years:
        return None
    most = max(years.values())
    return Fact("issued", max(year for year, n in years.items() if n == most), "first page")


def _unbroken(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)


def letters_of(text: str) -> str:
    """Return the letters of a text alone, folded, to compare texts that are set differently."""
    folded = unicodedata.normalize("NFKD", text).lower()
    return "".join(letter for letter in folded if letter.isalpha())


def licence_in(text: str) -> str:
    """Return the Creative Commons licence that a text names; empty if it names none."""
    found = LICENCE_URL.search(text) or LICENCE.search(text)
    return found.group().rstrip("./") if found else ""


def study_in(title: str) -> str:
    """Return what a title calls the study; empty if it calls it nothing."""
    plain = HYPHENS.sub("-", title)
    return next((study for study, pattern in STUDY if pattern.search(plain)), "")
