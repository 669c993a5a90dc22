"""What a source file says of itself: title, DOI, year and the rest, each with where it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a source, for a person to confirm."""

    name: str
    """As in CSL-JSON: "title", "DOI", "issued", "author", "container-title", "volume", "issue",
    "page", "publisher", "language"; or "licence", "study". Each author is a fact of its own."""
    value: str
    origin: str
    """Where it was read: "first page", "XMP", "citation tags", "JSON-LD"."""


def study_facts(title: Fact) -> Iterator[Fact]:
    """Yield what a title calls the study: nothing or one fact, for a person to confirm."""
    for study, pattern in STUDY:
        if pattern.search(title.value):
            yield Fact("study", study, title.origin)
            return
