"""The text around a quote in its section, found by offsets alone."""

from __future__ import annotations

from ingest.document import Document, Span

CONTEXT = 700
"""Characters of its section shown before and after a quote, to the nearest whole sentence."""


def surroundings(document: Document, quoted: Span) -> tuple[Span, Span]:
    """Return the stretch to show around a quote, in whole sentences, and its whole section."""
    section = next(
        (part.span for part in document.sections if part.span.covers(quoted)),
        Span(0, len(document.text)),
    )
    start, end = section.start, section.start + len(document.quote(section).rstrip())
    spans = [sentence.span for sentence in document.sentences if section.covers(sentence.span)]
    first, last = start, end
    if quoted.start - CONTEXT > start:
        first = min(s.start for s in [quoted, *spans] if s.start >= quoted.start - CONTEXT)
    if quoted.end + CONTEXT < end:
        last = max(s.end for s in [quoted, *spans] if s.end <= quoted.end + CONTEXT)
    return Span(first, last), Span(start, end)
