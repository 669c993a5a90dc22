"""A quote as HTML: a card with its facts and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from answer.quotes import Citation
from corpus.sources import Source
from ingest.document import Document
from ui.cautions import cautions
from ui.facts import (
    Audience,
    dated,
    facts,
    is_old,
    is_verified,
    joined,
    link_to,
)
from ui.html.cautions import cautions_html
from ui.html.citing import copied_html, entry_html
from ui.html.context import around_html
from ui.html.glossary import TermIds, term_links
from ui.html.references import link_html, reference_links, references_html
from ui.html.tables import table_html
from ui.html.verbatim import seam_marks, spliced, stressed, verbatim
from ui.turns import Asked

_EQUALS = "\u00a0=\u00a0"
"""Keeps ``n = 1`` on one line; for facts, which are our own words, never for quotes."""


@dataclass(frozen=True, slots=True)
class View:
    """What an answer is shown with."""

    documents: Mapping[str, Document]
    sources: Mapping[str, Source]
    audience: Audience | None
    today: date
    takes_feedback: bool = False
    """Whether visitors are asked what they think of an answer."""
    within: str = ""
    """The text of the filter that the question was asked with; empty if there was none."""
    asked: Sequence[Asked] = ()
    """The earlier questions that it was read with, and the question: what a link to it has."""
    version: str = ""
    """Of the library."""
    term_ids: TermIds = field(default_factory=dict)
    """The glossary entries that short forms in quotes open; empty if there are none."""


def quotes_html(quotes: Sequence[tuple[int, Citation]], view: View, name: str) -> str:
    """Return numbered quotes as a list that counts on from those before; empty if there are none.

    ``name`` is what the id of each begins with.
    """
    if not quotes:
        return ""
    cards = "".join(card_html(quote, view, f"{name}-{number}", number) for number, quote in quotes)
    first, _ = quotes[0]
    start = f' start="{first}"' if first > 1 else ""
    return f'<ol class="qw-quotes"{start}>{cards}</ol>'


def card_html(citation: Citation, view: View, name: str, number: int | None) -> str:
    """Return one quote with its facts and actions; without a number it is not an answer."""
    source, document = view.sources[citation.doc_id], view.documents[citation.doc_id]
    kind = "qw-card" if number else "qw-card qw-related"
    called = f"Quote {number}" if number else "Passage"
    badge = f'<span class="qw-number" aria-hidden="true">{number}</span>' if number else ""
    return (
        f'<li class="{kind}" id="{name}"><article aria-label="{called}: {verbatim(source.label)}">'
        f"{badge}{cautions_html(cautions(citation))}"
        f"{_kind_html(source, view)}{_named_html(citation, document)}"
        f'<blockquote class="qw-quote">{_quote_html(citation, view, name)}'
        f"</blockquote>{_facts_html(citation, view, is_answer=number is not None)}"
        f'<div class="qw-actions">{around_html(citation, document, source)}'
        f"{references_html(citation.references, name)}{_copy_html(citation, source)}"
        f"{_original_html(citation, source, document)}</div></article></li>"
    )


def _kind_html(source: Source, view: View) -> str:
    """Return the kind of evidence, which clinicians read first, to go before the quote."""
    if view.audience != "clinician" or not source.evidence:
        return ""
    kind = source.evidence[0].upper() + source.evidence[1:]
    return f'<p class="qw-kind">{verbatim(kind.replace(" = ", _EQUALS))}</p>'


def _named_html(citation: Citation, document: Document) -> str:
    """Return what the quote's pronouns stand for, to be read before it."""
    if citation.antecedent is None:
        return ""
    span = citation.antecedent.span
    words = spliced(citation.antecedent.text, seam_marks(document.seams_in(span), span.start))
    return f'<p class="qw-named">Context: “<span class="qw-antecedent">{words}</span>”</p>'


def _quote_html(citation: Citation, view: View, name: str) -> str:
    if citation.table is not None:
        return table_html(citation, citation.table, view.documents[citation.doc_id], name)
    begin, words = citation.span.start, citation.emphasis
    links = [
        *reference_links(citation, name),
        *term_links(citation, view.documents[citation.doc_id], view.term_ids),
    ]
    marks = [*seam_marks(citation.seams, begin), *links]
    if words is not None:
        marks += stressed(words.start - begin, words.end - begin, links)
    return f'<p class="qw-text">{spliced(citation.quote, marks)}</p>'


def _facts_html(citation: Citation, view: View, *, is_answer: bool) -> str:
    source, document = view.sources[citation.doc_id], view.documents[citation.doc_id]
    stated = facts(citation, source, view.audience)
    line = " · ".join(
        f"<span>{verbatim(fact.replace(' = ', _EQUALS))}</span>"
        for fact in stated[bool(_kind_html(source, view)) :]
    )
    verified = is_verified(citation, document, source)
    check = '<span class="qw-check">✓ Word for word</span>' if verified and is_answer else ""
    lines = [
        f'<p class="qw-dated">{dated(citation)}</p>' if citation.as_of else "",
        f'<p class="qw-label"><b>{verbatim(source.label)}</b> {check}</p>',
        f'<p class="qw-facts">{line}</p>',
    ]
    if is_old(source, view.today):
        lines.append('<p class="qw-flag">Not revised for more than three years.</p>')
    if citation.seams:
        lines.append(f'<p class="qw-joined"><i class="qw-seam"></i> {joined(citation.seams)}</p>')
    if not verified:
        lines.append('<p class="qw-flag">This quote could not be checked against its file.</p>')
    if view.audience == "educator":
        lines.append(f'<p class="qw-cite">Cite as: {entry_html(source)}</p>')
    return "".join(lines)


def _copy_html(citation: Citation, source: Source) -> str:
    attributes = copied_html(citation, source)
    return f'<button class="qw-copy" type="button" {attributes}>Copy with citation</button>'


def _original_html(citation: Citation, source: Source, document: Document) -> str:
    address = link_to(citation, source, document)
    return link_html(address, "Open original") if address else ""
