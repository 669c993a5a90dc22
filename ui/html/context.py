"""A quote in its place: the section around it as HTML, found by offsets alone."""

from __future__ import annotations

from urllib.parse import quote as percent_encode

from answer.quotes import Citation
from corpus.sources import Source
from ingest.document import Document, Span
from ui.html.verbatim import CLOSE, OPEN, seam_marks, spliced, verbatim
from ui.surroundings import surroundings


def around_html(citation: Citation, document: Document, source: Source) -> str:
    """Return the collapsed "Show in source" of a quote: the section around it, the quote marked.

    On a wide screen the page's style shows its content as a pane beside the answer.
    """
    trail = " › ".join(citation.headings) or document.title
    return (
        '<details class="qw-source"><summary>Show in source</summary>'
        '<div class="qw-passage" role="region" aria-label="The quote in its source" tabindex="0">'
        '<div class="qw-pane-head"><p class="qw-pane-title">'
        f"<b>{verbatim(source.label)}</b></p>"
        '<button class="qw-close" type="button" data-close="">Close</button></div>'
        f'<p class="qw-trail">{verbatim(trail)}</p>'
        f"{context_html(document, citation.span)}{_whole_html(document, citation.span)}"
        "</div></details>"
    )


def section_id(doc_id: str, number: int) -> str:
    """Return the id that the Sources page gives a section of a document, counted from 1."""
    return f"{doc_id}-section-{number}"


def _whole_html(document: Document, quoted: Span) -> str:
    """Return the link to the quote's section in the document's full text."""
    numbered = enumerate(document.sections, start=1)
    number = next((number for number, part in numbered if part.span.covers(quoted)), 1)
    place = percent_encode(section_id(document.doc_id, number))
    return (
        f'<p><a class="qw-link" href="sources#{place}" target="_blank" rel="noopener noreferrer">'
        'Read the full text<span class="qw-hidden"> (opens a new tab)</span></a></p>'
    )


def context_html(document: Document, quoted: Span) -> str:
    """Return the text of a quote's section around it, with the quote marked by its offsets."""
    shown, section = surroundings(document, quoted)
    marks = [
        *seam_marks(document.seams_in(shown), shown.start),
        (quoted.start - shown.start, OPEN, "<mark>"),
        (quoted.end - shown.start, CLOSE, "</mark>"),
    ]
    text = spliced(document.quote(shown), marks)
    before = (
        '<p class="qw-cut">The section starts earlier.</p>' if section.start < shown.start else ""
    )
    after = '<p class="qw-cut">The section goes on.</p>' if shown.end < section.end else ""
    return f'{before}<p class="qw-around">{text}</p>{after}'
