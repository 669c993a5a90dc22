"""The page that shows the documents that answers are quoted from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from urllib.parse import quote as percent_encode

import streamlit as st

from corpus.sources import Source
from ingest.document import Document, Seam, Section
from ui.facts import by_reason, day, joined, link
from ui.html.context import section_id
from ui.html.references import link_html
from ui.html.verbatim import BETWEEN, seam_marks, spliced, verbatim
from ui.page.answerer import the_answerer
from ui.page.disclaimer import show_always
from ui.page.script import show_live
from ui.published import no_bank
from ui.settings import PUBLISHED

_CONTEXT = 60
"""Characters shown on each side of a seam."""


def show() -> None:
    """Show every source: its facts, its full text, and what parsing left out and joined."""
    answerer = the_answerer()
    st.html(head_html(len(answerer.sources), has_bank=bool(answerer.bank)))
    for source in answerer.sources.values():
        st.html(source_html(source, answerer.documents[source.doc_id]))
    show_live({})
    show_always(answerer.sources.values())


def head_html(number: int, *, has_bank: bool) -> str:
    """Return the heading, how many documents there are, and whether a question bank is missing."""
    bank = "" if has_bank else f" {no_bank(PUBLISHED)}"
    return (
        '<h1 class="qw-title">Sources</h1><p class="qw-note">Every answer is quoted from these '
        f"{number} documents, and from nothing else.{bank}</p>"
    )


def source_html(source: Source, document: Document) -> str:
    """Return one source as an article: facts, text by section, left out, joined."""
    return (
        f'<article class="qw-document"><h2>{verbatim(source.title)}</h2>'
        f"{_facts_html(_known(source))}{_links_html(source)}"
        f"{_text_html(document)}{_dropped_html(document)}{_seams_html(document)}</article>"
    )


def _known(source: Source) -> Mapping[str, str]:
    return {
        "By": ", ".join(source.authors),
        "In": source.container,
        "Kind of evidence": source.evidence,
        "Written for": f"{source.audience}s",
        "Published": source.issued and day(source.issued),
        "Last revised": source.revised and day(source.revised),
        "Rights": source.rights,
        "File": f"{source.path.name}, SHA-256 {source.sha256}",
    }


def _facts_html(known: Mapping[str, str]) -> str:
    rows = "".join(
        f"<div><dt>{name}</dt><dd>{verbatim(value)}</dd></div>"
        for name, value in known.items()
        if value
    )
    return f'<dl class="qw-known">{rows}</dl>'


def _links_html(source: Source) -> str:
    return f"<p>{link_html(link(source), 'Open original')}</p>" if link(source) else ""


def _text_html(document: Document) -> str:
    sections = "".join(
        _section_html(document, section, section_id(document.doc_id, number))
        for number, section in enumerate(document.sections, start=1)
    )
    return f"<h3>Full text, {len(document.sections)} sections</h3>{sections}"


def _section_html(document: Document, section: Section, name: str) -> str:
    marks = seam_marks(document.seams_in(section.span), section.span.start)
    heading = verbatim(_name(section.headings, document.title))
    text = spliced(document.quote(section.span), marks)
    return (
        f'<details class="qw-section" id="{verbatim(name)}"><summary>{heading}</summary>'
        f'<p class="qw-around">{text}</p><p><a class="qw-permalink" '
        f'href="#{percent_encode(name)}">Link to this section</a></p></details>'
    )


def _name(headings: tuple[str, ...], title: str) -> str:
    """Name a section by its heading trail, without the title at the start of every trail."""
    below = headings[1:] if headings[:1] == (title,) else headings
    return " › ".join(below) or "Opening"


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
