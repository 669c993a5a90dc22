"""An answer as the API gives it: the answer schema, and what is needed to judge each quote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from answer.quotes import Answer, Citation
from answer.schema import Json, to_json
from corpus.sources import Source
from ingest.document import Document
from ui import facts
from ui.html.context import surroundings
from ui.references import STYLES, place_reference, reference


@dataclass(frozen=True, slots=True)
class Library:
    """What answers are quoted from."""

    documents: Mapping[str, Document]
    sources: Mapping[str, Source]


def answer_json(answer: Answer, library: Library, audience: facts.Audience, today: date) -> Json:
    """Return the answer schema with context and facts for each quote, and its ``sources``.

    Args:
        answer: what was answered.
        library: the documents that it quotes, and maybe others.
        audience: whom the facts of a quote are ordered for.
        today: decides which sources are old.

    """
    record = to_json(answer)
    shown = (*answer.citations, *answer.related)
    for quote, citation in zip([*record["quotes"], *record["related"]], shown, strict=True):
        quote |= _beside(citation, library, audience)
    quoted = dict.fromkeys(citation.doc_id for citation in shown)
    sources = {
        doc_id: source_json(library.sources[doc_id])
        | {"old": facts.is_old(library.sources[doc_id], today)}
        for doc_id in quoted
    }
    listed = library.sources
    held = {"documents": len(listed), "newest": facts.newest_change(listed.values())}
    return record | {"sources": sources, "library": held}


def source_json(source: Source) -> Json:
    """Return what is known about a source, with its entry in a reference list in each style."""
    return {
        "id": source.doc_id,
        "title": source.title,
        "label": source.label,
        "authors": list(source.authors),
        "published_in": source.container,
        "issued": source.issued,
        "revised": source.revised,
        "evidence": source.evidence,
        "audience": source.audience,
        "rights": source.rights,
        "doi": source.doi,
        "link": facts.link(source),
        "references": {style: reference(source, style) for style in STYLES},
    }


def _beside(citation: Citation, library: Library, audience: facts.Audience) -> Json:
    """Return what stands beside a quote; ``before`` + quote + ``after`` is the document's text."""
    document, source = library.documents[citation.doc_id], library.sources[citation.doc_id]
    shown, section = surroundings(document, citation.span)
    return {
        "context": {
            "before": document.text[shown.start : citation.span.start],
            "after": document.text[citation.span.end : shown.end],
            "starts_earlier": section.start < shown.start,
            "goes_on": shown.end < section.end,
        },
        "facts": list(facts.facts(citation, source, audience)),
        "joined": facts.joined(citation.seams),
        "verified": facts.is_verified(citation, document, source),
        "link": facts.link_to(citation, source),
        "cite_as": place_reference(citation, source),
    }
