"""The short forms in an answer's quotes, spelled out by the documents that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from answer.quotes import Citation
from corpus.sources import Source
from ingest.document import Abbreviation, Document
from ui.verbatim import verbatim

_COUNTED = ("stage", "grade", "phase", "type", "class", "level", "schedule")
"""After these words ``IV`` is a number."""
_ROMAN = frozenset("IVX")


@dataclass(frozen=True, slots=True)
class Term:
    """A short form, and where its document says what it stands for."""

    short: str
    long: str
    words: str
    """The document's own words that say so."""
    place: str
    """The source, and the heading that these words stand under."""


def terms(
    citations: Iterable[Citation],
    documents: Mapping[str, Document],
    sources: Mapping[str, Source],
) -> tuple[Term, ...]:
    """Return the short forms that occur in quotes, by alphabet, each meaning once.

    A document's abbreviations explain its own quotes only. One that a quote spells out itself
    is left out, and so is one from a title in the reference list.
    """
    found: dict[tuple[str, str], Term] = {}
    for citation in citations:
        document = documents[citation.doc_id]
        for known in document.abbreviations:
            if _explains(known, citation) and (heading := _heading(known, document)) is not None:
                place = f"{sources[citation.doc_id].label} · {heading}".rstrip(" ·")
                term = Term(known.short, known.long, document.quote(known.span), place)
                found.setdefault((known.short, known.long), term)
    return tuple(sorted(found.values(), key=lambda term: (term.short.casefold(), term.long)))


def glossary_html(shown: Iterable[Term]) -> str:
    """Return the closed "Abbreviations" of an answer; empty if there are none."""
    entries = "".join(
        f"<div><dt>{verbatim(term.short)}</dt><dd>{verbatim(term.long)}"
        f'<span class="qw-said">“{verbatim(term.words)}”, {verbatim(term.place)}</span></dd></div>'
        for term in shown
    )
    if not entries:
        return ""
    return (
        '<details class="qw-abbreviations"><summary>Abbreviations</summary>'
        f'<dl class="qw-terms">{entries}</dl></details>'
    )


def _explains(known: Abbreviation, citation: Citation) -> bool:
    if known.long.casefold() in citation.quote.casefold():
        return False
    places = re.finditer(rf"(?<!\w){re.escape(known.short)}s?(?!\w)", citation.quote)
    return any(not _is_number(known.short, citation.quote[: place.start()]) for place in places)


def _is_number(short: str, before: str) -> bool:
    return _ROMAN.issuperset(short) and before.rstrip().lower().endswith(_COUNTED)


def _heading(known: Abbreviation, document: Document) -> str | None:
    """Return the heading over an abbreviation; None if it stands in the reference list."""
    unit = next((unit for unit in document.sentences if unit.span.covers(known.span)), None)
    if unit is None or unit.kind == "reference":
        return None
    return "".join(document.sections[unit.section].headings[-1:])
