"""The same place is quoted once: quotes of several parts of an answer, made to agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from answer.quotes import Citation, Part
from ingest.document import Span


def each_once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return the citations without those of a place that was cited before.

    The same words in another place stay: what stands before them there says of what they hold.
    """
    by_place: dict[tuple[str, Span], Citation] = {}
    for citation in citations:
        by_place.setdefault(_place(citation), citation)
    return tuple(by_place.values())


def agreeing(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts of an answer with the same quotes for the same places.

    Of a quote and one that covers it, the wider stands in both places; what is dated in one part
    is dated in all.
    """
    quoted = [citation for part in parts for citation in part.citations]
    dates = {_place(_widest(c, quoted)): c.as_of for c in quoted if c.as_of}

    def shared(citation: Citation) -> Citation:
        wider = _widest(citation, quoted)
        as_of = dates.get(_place(wider), "")
        return replace(wider, score=citation.score, emphasis=citation.emphasis, as_of=as_of)

    return tuple(replace(p, citations=each_once(map(shared, p.citations))) for p in parts)


def _widest(citation: Citation, quoted: Iterable[Citation]) -> Citation:
    """Return the longest of the quotes that cover one, which may be itself."""
    covering = (c for c in quoted if c.doc_id == citation.doc_id and c.span.covers(citation.span))
    return max(covering, key=lambda c: c.span.end - c.span.start)


def _place(citation: Citation) -> tuple[str, Span]:
    return citation.doc_id, citation.span
