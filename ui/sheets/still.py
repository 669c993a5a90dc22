"""A sheet in a library that has changed: quotes that do not stand in it any more are missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from answer.quotes import Citation
from ingest.document import Document
from ui.sheets.sheet import Entry, Sheet


def still_quoted(sheet: Sheet, documents: Mapping[str, Document]) -> Sheet:
    """Return a sheet without the quotes that are not in ``documents``; its entries count them."""

    def stands(citation: Citation) -> bool:
        document = documents.get(citation.doc_id)
        start, end = citation.span.start, citation.span.end
        return document is not None and document.text[start:end] == citation.quote

    return replace(
        sheet,
        entries=tuple(_only(one, stands) for one in sheet.entries),
        left_out=tuple(_only(one, stands) for one in sheet.left_out),
    )


def _only(entry: Entry, stands: Callable[[Citation], bool]) -> Entry:
    answer = entry.answer
    gone = tuple(one.doc_id for one in answer.citations if not stands(one))
    if not gone:
        return entry
    parts = tuple(
        replace(part, citations=tuple(filter(stands, part.citations))) for part in answer.parts
    )
    kept = replace(answer, citations=tuple(filter(stands, answer.citations)), parts=parts)
    return replace(entry, answer=kept, missing=(*entry.missing, *gone))
