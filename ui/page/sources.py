"""The page that shows the documents that answers are quoted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import quote as percent_encode

import streamlit as st

from corpus.sources import Source
from ingest.document import Document, Seam
from ui.cautions import read_cautions
from ui.facts import NOT_GIVEN, by_reason, day, joined, link, written_for
from ui.html.cautions import cautions_html, said_html
from ui.html.references import link_html
from ui.html.verbatim import BETWEEN, spliced, verbatim
from ui.page.answerer import the_answerer
from ui.page.disclaimer import documents_of, show_always
from ui.page.script import show_live
from ui.published import no_bank
from ui.settings import PUBLISHED

_CONTEXT = 60
"""Characters shown on each side of a seam."""


def show() -> None:
    """Show the documents to choose from, each with its facts, its text and what was left out."""
    answerer = the_answerer()
    sources = list(answerer.sources.values())
    st.html(head_html(sources, has_bank=bool(answerer.bank)))
    for source in sources:
        document = answerer.documents[source.doc_id]
        st.html(source_html(source, document, is_chosen=source is sources[0]))
    show_live({})
    show_always(documents_of(answerer))


def head_html(sources: Sequence[Source], *, has_bank: bool) -> str:
    """Return the heading, the list of documents, and whether a question bank is missing."""
    bank = "" if has_bank else f" {no_bank(PUBLISHED)}"
    entries = "".join(
        f'<li><a href="#{percent_encode(source.doc_id)}" data-choose="{verbatim(source.doc_id)}">'
        f"{verbatim(source.label)}</a> <span>{verbatim(source.evidence)}</span>"
        f"{said_html(source)}</li>"
        for source in sources
    )
    return (
        '<h1 class="qw-title">Sources</h1><p class="qw-note">Every answer is quoted from these '
        f"{len(sources)} documents, and from nothing else. Choose one to read it.{bank}</p>"
        f'<nav aria-label="Documents"><ul class="qw-choice">{entries}</ul></nav>'
    )


def source_html(source: Source, document: Document, *, is_chosen: bool) -> str:
    """Return one source as an article: facts, the place of its text, left out, joined, its file.

    The page's script fetches the text, and shows the chosen document alone.
    """
    chosen = ' data-chosen=""' if is_chosen else ""
    doc_id, label = verbatim(document.doc_id), verbatim(source.label)
    return (
        f'<article class="qw-document" data-document="{doc_id}"{chosen}><h2>{label}</h2>'
        f"{cautions_html(read_cautions(source, document))}"
        f"{_facts_html(_known(source))}{_links_html(source)}"
        f'<div class="qw-reader" data-document="{doc_id}" data-label="{label}"></div>'
        f"{_dropped_html(document)}{_seams_html(document)}{_technical_html(source, document)}"
        "</article>"
    )


def _known(source: Source) -> Mapping[str, str]:
    return {
        "Title": source.title,
        "By": ", ".join(source.authors),
        "In": source.container,
        "Kind of evidence": source.evidence or NOT_GIVEN,
        "Written for": written_for(source) or NOT_GIVEN,
        "Published": source.issued and day(source.issued),
        "Last revised": source.revised and day(source.revised),
        "Rights": source.rights or NOT_GIVEN,
    }


def _technical_html(source: Source, document: Document) -> str:
    known = {
        "File": source.path.name,
        "SHA-256": source.sha256,
        "Text": f"{len(document.text)} characters, {len(document.sentences)} sentences, "
        f"{len(document.sections)} sections",
    }
    facts = _facts_html(known)
    return f'<details class="qw-section"><summary>Technical</summary>{facts}</details>'


def _facts_html(known: Mapping[str, str]) -> str:
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{verbatim(value)}</dd></div>"
        for name, value in known.items()
        if value
    )
    return f'<dl class="qw-known">{rows}</dl>'


def _links_html(source: Source) -> str:
    return f"<p>{link_html(link(source), 'Open original')}</p>" if link(source) else ""


def _dropped_html(document: Document) -> str:
    if not document.dropped:
        return ""
    groups = "".join(
        f"<h4>{verbatim(reason)}</h4><ul>"
        + "".join(
            f'<li><span class="qw-around">{verbatim(text)}</span>{_times_html(times)}</li>'
            for text, times in Counter(one.text for one in stretches).items()
        )
        + "</ul>"
        for reason, stretches in by_reason(document)
    )
    return (
        f'<details class="qw-section"><summary>Left out, not content: {len(document.dropped)}'
        f"</summary>{groups}</details>"
    )


def _times_html(times: int) -> str:
    return f' <i class="qw-times">{times} times</i>' if times > 1 else ""


def _seams_html(document: Document) -> str:
    if not document.seams:
        return ""
    places = "".join(f"<li>{_seam_html(document, seam)}</li>" for seam in document.seams)
    return (
        f'<details class="qw-section"><summary>Joined when it was read: {len(document.seams)}'
        f"</summary><ul>{places}</ul></details>"
    )


def _seam_html(document: Document, seam: Seam) -> str:
    start = max(seam.offset - _CONTEXT, 0)
    text = document.text[start : seam.offset + _CONTEXT]
    mark = (seam.offset - start, BETWEEN, '<span class="qw-seam"></span>')
    return f'…<span class="qw-around">{spliced(text, [mark])}</span>… <i>{joined([seam])}</i>'
