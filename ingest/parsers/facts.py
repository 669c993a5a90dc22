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

ONE_YEAR = r"(?P<year>(?:19|20)\d\d)\b"
UP_TO = r"(?:(?!(?:19|20)\d\d\b)[^;|]){0,60}?\b"
"""What stands between a label and its year: a name, a day, but no other year."""
DAY = r"(?:\d{1,2}\s+)?(?:[a-z]{3,9}\.?\s+)?(?:\d{1,2}\s*,?\s+)?"
PUBLISHED = (
    re.compile(rf"(?:©|\(c\)|copyright|publication date){UP_TO}{ONE_YEAR}", re.I),
    re.compile(rf"\bpublished(?:\s+online|\s+on)?\s*:?\s*{DAY}{ONE_YEAR}", re.I),
    re.compile(rf"\bvol(?:ume|\.)?\s*\d{UP_TO}{ONE_YEAR}", re.I),
    re.compile(rf"\b{ONE_YEAR}[;,]\s*(?:vol(?:ume|\.)?\s*)?\d{{1,4}}\s*[(:,]", re.I),
    re.compile(rf"\({ONE_YEAR}\)\s*\d{{1,4}}\b", re.I),
)
"""How a first page names the year of publication: a label, or the journal's volume beside it."""
ACCEPTED = re.compile(rf"(?:accepted|available online){UP_TO}{ONE_YEAR}", re.I)
"""The year before, now and then: only where nothing else is said."""
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


def find_facts(metadata: Metadata, first: str, title: str) -> tuple[Fact, ...]:
    """Return what was found.

    Args:
        metadata: of the file.
        first: the text of its first pages, as it is read.
        title: the heading that looks like the title; empty if none does.

    """
    return tuple(_facts(metadata, first, title))


def _facts(metadata: Metadata, first: str, title: str) -> Iterator[Fact]:
    named = _title(metadata, first, title)
    if named:
        yield named
        study = study_in(named.value)
        if study:
            yield Fact("study", study, named.origin)
    doi = _doi(metadata, first)
    if doi:
        yield doi
    year = _year(first)
    if year:
        yield year
    licence = licence_in(_unbroken(first), " ".join(first.split()))
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


def _year(first: str) -> Fact | None:
    """A year counts only where it is said what it is the year of; of several the commonest."""
    text = " ".join(first.split())
    years = Counter(match["year"] for pattern in PUBLISHED for match in pattern.finditer(text))
    years = years or Counter(match["year"] for match in ACCEPTED.finditer(text))
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


def licence_in(text: str, spaced: str = "") -> str:
    """Return the Creative Commons licence that a text names; empty if it names none.

    Args:
        text: with nothing at the places of its line ends, so that addresses are whole.
        spaced: the same with spaces there; left out if there are no line ends.

    """
    found = LICENCE_URL.search(text) or LICENCE.search(spaced or text)
    return found.group().rstrip("./") if found else ""


def study_in(title: str) -> str:
    """Return what a title calls the study; empty if it calls it nothing."""
    plain = HYPHENS.sub("-", title)
    return next((study for study, pattern in STUDY if pattern.search(plain)), "")
