"""A sheet to a link and back: a link shows its own quotes again, cut from the documents.

Nothing is asked anew. A quote is shown only if its document is the one that it was made from, and
only if it is whole sentences of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from answer.errors import CitationError
from answer.quotes import Answer, Citation, Part
from ingest.document import Document, Span
from ui.sheets.link import (
    LinkedPart,
    LinkedQuestion,
    LinkedQuote,
    LinkedSheet,
    LinkError,
    pack,
    unpack,
)
from ui.sheets.sheet import Entry, Opened, Sheet, fingerprint

NOT_SENTENCES = (
    "This link holds a quote that is not whole sentences of its document, so it is not opened. "
    "Ask whoever made it for a new one."
)


class Library(Protocol):
    """What quotes are cut from: ``answer.pipeline.Answerer`` is one."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By doc_id."""

    @property
    def version(self) -> str:
        """Of all its files."""

    def quote(self, doc_id: str, span: Span, *, is_dated: bool) -> Citation:
        """Cite a place, or raise a CitationError if it is not whole sentences."""


def link_of(sheet: Sheet, library: Library) -> str:
    """Return the part of an address that holds a sheet; empty if there is none, or it is too long.

    A sheet that was opened and not changed keeps its link, so that it goes on to say what of it
    cannot be shown any more.
    """
    if sheet.opened and not sheet.is_changed:
        return sheet.opened.link
    return packed(sheet.title, sheet.entries, library)


def packed(title: str, entries: Sequence[Entry], library: Library) -> str:
    """Return questions as part of an address; empty if none has quotes, or they are too many."""
    found = [entry for entry in entries if entry.answer.is_found]
    quoted = sorted({citation.doc_id for one in found for citation in one.answer.citations})
    fingerprints = {doc_id: fingerprint(library.documents[doc_id]) for doc_id in quoted}
    questions = tuple(map(_linked, found))
    return pack(LinkedSheet(title, library.version, fingerprints, questions)) if found else ""


def opened(link: str, library: Library) -> Sheet:
    """Return the sheet of a link, with its quotes cut from the documents.

    Raises:
        LinkError: if the link is damaged, or holds a quote that is not whole sentences.

    """
    linked = unpack(link)
    documents = library.documents
    unchanged = {
        doc_id
        for doc_id, was in linked.fingerprints.items()
        if doc_id in documents and fingerprint(documents[doc_id]) == was
    }
    entries = [
        _entry(number, one, unchanged, library)
        for number, one in enumerate(linked.questions, start=1)
    ]
    is_other = linked.version != library.version or unchanged != linked.fingerprints.keys()
    return Sheet(linked.title, tuple(entries), opened=Opened(link, is_other))


def _linked(entry: Entry) -> LinkedQuestion:
    question, earlier, within = entry.asked
    parts = entry.answer.parts or (entry.answer,)
    return LinkedQuestion(
        question=question,
        earlier=earlier,
        note=entry.note,
        parts=tuple(
            LinkedPart(
                part.question if entry.answer.parts else "",
                tuple(LinkedQuote(c.doc_id, c.span, bool(c.as_of)) for c in part.citations),
            )
            for part in parts
        ),
        within=within,
    )


def _entry(number: int, one: LinkedQuestion, unchanged: set[str], library: Library) -> Entry:
    parts = tuple(
        Part(
            question=part.question,
            read_as=(),
            citations=tuple(_cited(q, library) for q in part.quotes if q.doc_id in unchanged),
            related=(),
        )
        for part in one.parts
    )
    quotes = [quote for part in one.parts for quote in part.quotes]
    places = {(c.doc_id, c.span): c for part in parts for c in part.citations}
    answer = Answer(
        question=one.question,
        citations=tuple(places.values()),
        related=(),
        notices=(),
        n_documents=len(library.documents),
        n_passages=0,
        timing_ms={},
        read_as=(*one.earlier, one.question) if one.earlier else (),
        parts=parts if len(parts) > 1 else (),
    )
    missing = tuple(quote.doc_id for quote in quotes if quote.doc_id not in unchanged)
    return Entry(number, answer, one.note, missing, one.within)


def _cited(quote: LinkedQuote, library: Library) -> Citation:
    try:
        return library.quote(quote.doc_id, quote.span, is_dated=quote.is_dated)
    except CitationError as error:
        raise LinkError(NOT_SENTENCES) from error
