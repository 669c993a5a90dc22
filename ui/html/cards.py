"""An answer as HTML: a card for each quote, or plain words if there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from answer.quotes import Answer, Citation
from corpus.sources import Source
from ingest.document import Document, Reference
from ui.facts import (
    CLOSEST,
    NOT_FOUND,
    SECOND_HAND,
    Audience,
    dated,
    facts,
    in_reading_order,
    is_old,
    is_verified,
    joined,
    link_to,
    web_address,
)
from ui.feedback import feedback_html
from ui.html.citing import copied_html, entry_html, take_along_html
from ui.html.context import around_html
from ui.html.glossary import TermIds, glossary_html, term_ids, term_links, terms
from ui.html.verbatim import CLOSE, OPEN, Insert, seam_marks, spliced, stressed, verbatim
from ui.parts import ShownPart, said_again, said_read_as, shown_parts

_EQUALS = "\u00a0=\u00a0"
"""Keeps ``n = 1`` on one line; for facts, which are our own words, never for quotes."""

_CITED = re.compile(r"\[(\d+(?:\s*[-–,]\s*\d+)*)\]")
"""Numbers in brackets, as text has them: ``[8-10]``, ``[2, 5]``."""


@dataclass(frozen=True, slots=True)
class View:
    """What an answer is shown with."""

    documents: Mapping[str, Document]
    sources: Mapping[str, Source]
    audience: Audience
    today: date
    takes_feedback: bool = False
    """Whether visitors are asked what they think of an answer."""
    term_ids: TermIds = field(default_factory=dict)
    """The glossary entries that short forms in quotes open; empty if there are none."""


def answer_html(answer: Answer, view: View, name: str) -> str:
    """Return an answer's notices and quotes, or a note that there are none and the closest ones.

    ``name`` keeps the ids in the fragment different from those of other answers on the page.
    """
    notices = "".join(
        f'<div class="qw-notice qw-{notice.kind}" role="note">{verbatim(notice.text)}</div>'
        for notice in answer.notices
    )
    if not answer.is_searched:
        return notices
    ordered = in_reading_order(answer.citations, view.sources, view.audience)
    explained = terms(
        ordered, view.documents, view.sources, with_definitions=view.audience != "clinician"
    )
    linked = replace(view, term_ids=term_ids(explained, name))
    shown = enumerate(shown_parts(answer, view.sources, view.audience), start=1)
    parts = "".join(_part_html(part, number, answer, linked, name) for number, part in shown)
    taken = take_along_html(answer, view.sources, name) if answer.is_found else ""
    return (
        f"{notices}{_read_as_html(answer)}{parts}"
        f'<div class="qw-after">{glossary_html(explained, name)}'
        f"{taken}{_feedback_html(view, name)}</div>"
    )


def _read_as_html(answer: Answer) -> str:
    """Return how a question was read, and a button that asks it without the earlier ones."""
    if not answer.read_as:
        return ""
    return (
        f'<p class="qw-read">{verbatim(said_read_as(answer.read_as))} '
        f'<button class="qw-file" type="button" data-alone="{verbatim(answer.question)}">'
        "Ask it on its own</button></p>"
    )


def _part_html(part: ShownPart, number: int, answer: Answer, view: View, name: str) -> str:
    """Return the cards of one of the questions in a message, under it if there are several."""
    heading = f'<h3 class="qw-part">{verbatim(part.question)}</h3>' if part.question else ""
    if not part.is_found:
        return heading + _not_found_html(part, answer, view, f"{name}-{number}")
    again = f'<p class="qw-again">{said_again(part.again)}</p>' if part.again else ""
    if not part.quotes:
        return heading + again
    cards = "".join(
        card_html(citation, view, f"{name}-quote-{shown}", shown) for shown, citation in part.quotes
    )
    first, _ = part.quotes[0]
    start = f' start="{first}"' if first > 1 else ""
    return f'{heading}<ol class="qw-quotes"{start}>{cards}</ol>{again}'


def _not_found_html(part: ShownPart, answer: Answer, view: View, name: str) -> str:
    searched = f"{answer.n_documents} documents, {answer.n_passages} passages"
    closest = "".join(
        card_html(citation, view, f"{name}-close-{number}", None)
        for number, citation in enumerate(part.related, start=1)
    )
    level = "h4" if part.question else "h3"
    related = f'<{level} class="qw-closest">{CLOSEST}</{level}><ul class="qw-quotes">{closest}</ul>'
    return (
        f'<div class="qw-none"><p class="qw-none-title">{NOT_FOUND}</p>'
        f"<p>All of them were searched: {searched}. Other words may find more.</p></div>"
        f"{related if part.related else ''}"
    )


def _feedback_html(view: View, name: str) -> str:
    return feedback_html(name) if view.takes_feedback else ""


def card_html(citation: Citation, view: View, name: str, number: int | None) -> str:
    """Return one quote with its facts and actions; without a number it is not an answer."""
    source, document = view.sources[citation.doc_id], view.documents[citation.doc_id]
    kind = "qw-card" if number else "qw-card qw-related"
    called = f"Quote {number}" if number else "Passage"
    badge = f'<span class="qw-number" aria-hidden="true">{number}</span>' if number else ""
    return (
        f'<li class="{kind}" id="{name}"><article aria-label="{called}: {verbatim(source.label)}">'
        f"{badge}{_kind_html(source, view)}{_named_html(citation, document)}"
        f'<blockquote class="qw-quote"><p class="qw-text">{_quote_html(citation, view, name)}</p>'
        f"</blockquote>{_facts_html(citation, view, is_answer=number is not None)}"
        f'<div class="qw-actions">{around_html(citation, document, source)}'
        f"{_references_html(citation.references, name)}{_copy_html(citation, source)}"
        f"{_original_html(citation, source)}</div></article></li>"
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
    begin, words = citation.span.start, citation.emphasis
    links = [
        *_reference_links(citation, name),
        *term_links(citation, view.documents[citation.doc_id], view.term_ids),
    ]
    marks = [*seam_marks(citation.seams, begin), *links]
    if words is not None:
        marks += stressed(words.start - begin, words.end - begin, links)
    return spliced(citation.quote, marks)


def _reference_links(citation: Citation, name: str) -> Iterator[Insert]:
    """Make each ``[13]`` with a known reference open that reference."""
    known = {entry.number for entry in citation.references}
    for cited in _CITED.finditer(citation.quote):
        numbers = [int(number) for number in re.findall(r"\d+", cited[1])]
        number = min((n for n in known if min(numbers) <= n <= max(numbers)), default=None)
        if number is not None:
            yield cited.start(), OPEN, f'<a class="qw-cited" href="#{name}-ref-{number}">'
            yield cited.end(), CLOSE, "</a>"


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


def _references_html(references: Sequence[Reference], name: str) -> str:
    if not references:
        return ""
    numbers = ", ".join(f"[{entry.number}]" for entry in references)
    entries = "".join(
        f'<li id="{name}-ref-{entry.number}"><span>[{entry.number}]</span> '
        f"<span>{verbatim(entry.text)}</span>{_reference_link(entry)}</li>"
        for entry in references
    )
    return (
        f'<details class="qw-refs"><summary>Cited inside: {numbers}</summary>'
        f'<p class="qw-second">{SECOND_HAND}</p><ul>{entries}</ul></details>'
    )


def _reference_link(entry: Reference) -> str:
    address = f"https://doi.org/{entry.doi}" if entry.doi else entry.url
    return f" {link_html(address, 'Open it')}" if web_address(address) else ""


def _copy_html(citation: Citation, source: Source) -> str:
    attributes = copied_html(citation, source)
    return f'<button class="qw-copy" type="button" {attributes}>Copy with citation</button>'


def _original_html(citation: Citation, source: Source) -> str:
    address = link_to(citation, source)
    return link_html(address, "Open original") if address else ""


def link_html(address: str | None, words: str) -> str:
    """Return a link that opens a new tab and does not reveal where the visitor came from."""
    return (
        f'<a class="qw-link" href="{verbatim(web_address(address))}" target="_blank" '
        f'rel="noopener noreferrer">{verbatim(words)}'
        '<span class="qw-hidden"> (opens a new tab)</span></a>'
    )
