"""The words in an answer's quotes that their own documents spell out or define."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from answer.quotes import Citation
from corpus.sources import Source
from ingest.document import Abbreviation, Document
from ui.html.verbatim import CLOSE, OPEN, Insert, verbatim

_COUNTED = ("stage", "grade", "phase", "type", "class", "level", "schedule")
"""After these words ``IV`` is a number."""
_ROMAN = frozenset("IVX")
_DEFINES = re.compile(
    r"(?!(?:It|This|That|These|Those|They|There|He|She|We|Our|Your|The|An?|While|Although|If|As)\b)"
    r"([A-Z][\w-]*(?: [\w-]+){0,2})(?: \([^()]+\))? (?:is|are) (?:an?|the) "
)
"""The beginning of a sentence that says what something is: ``Immunotherapy is the use of …``."""


TermIds = Mapping[tuple[str, str], str]
"""The id of each entry on the page, by short form and what it stands for."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or short form, and how its document explains it."""

    short: str
    long: str
    """What it stands for; the same as ``words`` if these define it."""
    words: str
    """The document's own words that say so."""
    place: str
    """The source, and the heading that these words are under."""


def terms(
    citations: Iterable[Citation],
    documents: Mapping[str, Document],
    sources: Mapping[str, Source],
    *,
    with_definitions: bool = False,
) -> tuple[Term, ...]:
    """Return the short forms that occur in quotes, in alphabetical order, each meaning once.

    A document explains its own quotes only. What a quote spells out itself is left out, and so is
    anything from a title in the reference list.

    Args:
        citations: the quotes.
        documents: by doc_id.
        sources: by doc_id.
        with_definitions: also the words that a document defines.

    """
    found: dict[tuple[str, str], Term] = {}
    for citation in citations:
        document = documents[citation.doc_id]
        for known in (*document.abbreviations, *(definitions(document) * with_definitions)):
            if _places(known, citation) and (heading := _heading(known, document)) is not None:
                place = f"{sources[citation.doc_id].label} · {heading}".rstrip(" ·")
                term = Term(known.short, known.long, document.quote(known.span), place)
                found.setdefault((known.short, known.long), term)
    return tuple(sorted(found.values(), key=lambda term: (term.short.casefold(), term.long)))


def definitions(document: Document) -> tuple[Abbreviation, ...]:
    """Return the words that a document defines, each with the whole sentence."""
    return tuple(
        Abbreviation(opening[1], sentence.text, sentence.span)
        for sentence in document.sentences
        if sentence.kind == "sentence" and (opening := _DEFINES.match(sentence.text))
    )


def term_ids(shown: Sequence[Term], name: str) -> TermIds:
    """Return the ids of an answer's entries on the page; ``name`` is that of its turn."""
    return {
        (term.short, term.long): f"{name}-term-{number}"
        for number, term in enumerate(shown, start=1)
    }


def term_links(citation: Citation, document: Document, ids: TermIds) -> Iterator[Insert]:
    """Make the first occurrence of each short form in a quote open its entry."""
    found = [
        (start, -end, name)
        for known in (*document.abbreviations, *definitions(document))
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
    """Return the collapsed "Glossary" of an answer; empty if there is nothing to explain."""
    ids = term_ids(shown, name)
    entries = "".join(
        f'<div id="{ids[term.short, term.long]}"><dt>{verbatim(term.short)}</dt>'
        f'<dd>{_long_html(term)}<span class="qw-said">“{verbatim(term.words)}”, '
        f"{verbatim(term.place)}</span></dd></div>"
        for term in shown
    )
    if not entries:
        return ""
    return (
        '<details class="qw-abbreviations"><summary>Glossary</summary>'
        f'<dl class="qw-terms">{entries}</dl></details>'
    )


def _long_html(term: Term) -> str:
    return "" if term.long == term.words else verbatim(term.long)


def _places(known: Abbreviation, citation: Citation) -> list[tuple[int, int]]:
    """Return where a quote has a short form that it does not spell out itself."""
    quote = citation.quote
    if known.long.casefold() in quote.casefold():
        return []
    first, rest = known.short[0], known.short[1:]
    # A word that opens a sentence is in lower case elsewhere; a short form is not.
    spellings = {first, first.lower()} if rest.islower() else {first}
    start = f"(?:{'|'.join(map(re.escape, sorted(spellings)))})"
    pattern = rf"(?<!\w){start}{re.escape(rest)}s?(?!\w)"
    return [
        place.span()
        for place in re.finditer(pattern, quote)
        if not _is_number(known.short, quote[: place.start()])
    ]


def _is_number(short: str, before: str) -> bool:
    return _ROMAN.issuperset(short) and before.rstrip().lower().endswith(_COUNTED)


def _heading(known: Abbreviation, document: Document) -> str | None:
    """Return the heading above an abbreviation; None if it is in the reference list."""
    unit = next((unit for unit in document.sentences if unit.span.covers(known.span)), None)
    if unit is None or unit.kind == "reference":
        return None
    return "".join(document.sections[unit.section].headings[-1:])
