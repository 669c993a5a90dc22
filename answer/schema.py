"""An answer as JSON, the shape that the command line, the API and assistants share."""

from __future__ import annotations

from typing import Any

from answer.quotes import Answer, Citation
from ingest.document import Reference

Json = dict[str, Any]


def to_json(answer: Answer, question_id: str | None = None) -> Json:
    """Return the answer as one JSON object; a batch passes the question's id along."""
    record: Json = {} if question_id is None else {"id": question_id}
    return record | {
        "question": answer.question,
        "status": "answered" if answer.is_found else "not_found",
        "quotes": [_quote(c, n) for n, c in enumerate(answer.citations, start=1)],
        "related": [_quote(c, n) for n, c in enumerate(answer.related, start=1)],
        "notices": [{"kind": notice.kind, "text": notice.text} for notice in answer.notices],
        "searched": {"documents": answer.n_documents, "passages": answer.n_passages},
        "timing_ms": {step: round(ms, 1) for step, ms in answer.timing_ms.items()},
    }


def _quote(citation: Citation, number: int) -> Json:
    words = citation.emphasis
    return {
        "number": number,
        "document": citation.doc_id,
        "text": citation.quote,
        "span": [citation.span.start, citation.span.end],
        "parts": list(citation.parts),
        "seams": [{"offset": seam.offset, "kind": seam.kind} for seam in citation.seams],
        "headings": list(citation.headings),
        "locator": citation.locator,
        "page": citation.page,
        "emphasis": None if words is None else [words.start, words.end],
        "score": round(citation.score, 4),
        "references": [_reference(reference) for reference in citation.references],
    }


def _reference(reference: Reference) -> Json:
    record: Json = {"number": reference.number, "text": reference.text}
    if reference.doi:
        record["doi"] = reference.doi
    if reference.url:
        record["url"] = reference.url
    return record
