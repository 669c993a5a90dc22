"""The short forms in an answer's quotes, spelled out by the documents that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.quotes import Citation
from corpus.sources import Source
from ingest.document import Abbreviation, Document
from ui.verbatim import CLOSE, OPEN, Insert, verbatim

_COUNTED = ("stage", "grade", "phase", "type", "class", "level", "schedule")
"""After these words ``IV`` is a number."""
_ROMAN = frozenset("IVX")


TermIds = Mapping[tuple[str, str], str]
"""What the page calls the entry of each short form, by it and what it stands for."""


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
            if _places(known, citation) and (heading := _heading(known, document)) is not None:
                place = f"{sources[citation.doc_id].label} · {heading}".rstrip(" ·")
                term = Term(known.short, known.long, document.quote(known.span), place)
                found.setdefault((known.short, known.long), term)
    return tuple(sorted(found.values(), key=lambda term: (term.short.casefold(), term.long)))


def term_ids(shown: Sequence[Term], name: str) -> TermIds:
    """Return what the page calls the entries of an answer; ``name`` is that of its turn."""
    return {
        (term.short, term.long): f"{name}-term-{number}"
        for number, term in enumerate(shown, start=1)
    }


def term_links(citation: Citation, document: Document, ids: TermIds) -> Iterator[Insert]:
    """Make each short form open its entry where a quote has it first."""
    found = [
        (start, -end, name)
        for known in document.abbreviations
        if (name := ids.get((known.short, known.long)))
        for start, end in _places(known, citation)
    ]
    after, linked = 0, set()
    # Of two that overlap (PD-1 and PD) the longer one is linked.
    for start, minus_end, name in sorted(found):
        if start >= after:
            after = -minus_end
            if name not in linked:
                linked.add(name)
                yield start, OPEN, f'<a class="qw-term" href="#{name}">'
                yield after, CLOSE, "</a>"


def glossary_html(shown: Sequence[Term], name: str) -> str:
    """Return the closed "Abbreviations" of an answer; empty if there are none."""
    ids = term_ids(shown, name)
    entries = "".join(
        f'<div id="{ids[term.short, term.long]}"><dt>{verbatim(term.short)}</dt>'
        f'<dd>{verbatim(term.long)}<span class="qw-said">“{verbatim(term.words)}”, '
        f"{verbatim(term.place)}</span></dd></div>"
        for term in shown
    )
    if not entries:
        return ""
    return (
        '<details class="qw-abbreviations"><summary>Abbreviations</summary>'
        f'<dl class="qw-terms">{entries}</dl></details>'
    )


def _places(known: Abbreviation, citation: Citation) -> list[tuple[int, int]]:
    """Return where a quote has a short form that it does not spell out itself."""
    quote = citation.quote
    if known.long.casefold() in quote.casefold():
        return []
    pattern = rf"(?<!\w){re.escape(known.short)}s?(?!\w)"
    return [
        place.span()
        for place in re.finditer(pattern, quote)
        if not _is_number(known.short, quote[: place.start()])
    ]


def _is_number(short: str, before: str) -> bool:
    return _ROMAN.issuperset(short) and before.rstrip().lower().endswith(_COUNTED)


def _heading(known: Abbreviation, document: Document) -> str | None:
    """Return the heading over an abbreviation; None if it stands in the reference list."""
    unit = next((unit for unit in document.sentences if unit.span.covers(known.span)), None)
    if unit is None or unit.kind == "reference":
        return None
    return "".join(document.sections[unit.section].headings[-1:])
