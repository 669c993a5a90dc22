"""What a source file says of itself: title, DOI, year and the rest, each with where it was read."""

from __future__ import annotations

import re
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
    """As in CSL-JSON: "title", "DOI", "issued", "author" ("Family, Given", one fact for each),
    "container-title", "volume", "page" and so on; or "licence", "study", "article-type"; or how it
    is related to another article, whose address is the value: "corrects", "retracted by"."""
    value: str
    origin: str
    """Where it was read: "first page", "XMP", "information", "front matter"."""


def licence_in(text: str) -> str:
    """Return the Creative Commons licence that a text names; empty if it names none."""
    found = LICENCE_URL.search(text) or LICENCE.search(text)
    return found.group().rstrip("./") if found else ""


def study_in(title: str) -> str:
    """Return what a title calls the study; empty if it calls it nothing."""
    return next((study for study, pattern in STUDY if pattern.search(title)), "")
