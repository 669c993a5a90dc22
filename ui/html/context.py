"""A quote in its place: the section around it as HTML, found by offsets alone."""

from __future__ import annotations

from answer.quotes import Citation
from corpus.sources import Source
from ingest.document import Document, Span
from ui.html.verbatim import CLOSE, OPEN, seam_marks, spliced, verbatim
from ui.surroundings import surroundings


def around_html(citation: Citation, document: Document, source: Source) -> str:
    """Return the collapsed "Show in source" of a quote: the section around it, the quote marked.

    The page's script opens the whole document there; what is here is shown until it has come.
    """
    trail = " › ".join(citation.headings) or document.title
    pages = ' data-pages=""' if source.pages else ""
    return (
        f'<details class="qw-source"{pages} data-document="{verbatim(document.doc_id)}" '
        f'data-start="{citation.span.start}" data-end="{citation.span.end}" '
        f'data-label="{verbatim(source.label)}"><summary>Show in source</summary>'
        f'<div class="qw-passage"><p class="qw-trail">{verbatim(trail)}</p>'
        f"{context_html(document, citation.span)}</div></details>"
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
