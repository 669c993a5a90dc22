"""Documents and passages as lines of JSON: text is stored once, passages only as offsets."""

from __future__ import annotations

import gc
import json
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingest.document import (
    Abbreviation,
    Document,
    Dropped,
    Passage,
    Reference,
    Run,
    Seam,
    Section,
    Sentence,
    Span,
)
from ingest.errors import IngestError
from ingest.tables.saying import above
from ingest.tables.store import table_from_json, table_to_json

Json = dict[str, Any]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from searching growing data again and again.

    Nothing made here is garbage: a thousand documents load more than twice as fast.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_collector_paused()
def read_documents(path: Path, lines: Container[int] | None = None) -> dict[str, Document]:
    """Return the documents in a file by id, in the order they were written.

    Args:
        path: of a file with a document on each line, as ``document_to_json`` gives it.
        lines: numbers of the lines to read, from 0; all if None.

    Raises:
        IngestError: if a line is not a document.

    """
    documents = (document_from_line(line) for line in _lines(path, lines))
    return {document.doc_id: document for document in documents}


@_collector_paused()
def read_passages(
    path: Path, documents: Mapping[str, Document], lines: Container[int] | None = None
) -> tuple[Passage, ...]:
    """Return the passages in a file, their text sliced from their documents.

    Args:
        path: of a file with a passage on each line, as ``passage_to_json`` gives it.
        documents: that they are from, by id.
        lines: numbers of the lines to read, from 0; all if None.

    Raises:
        IngestError: if a line is not a passage of one of the documents.

    """
    try:
        return tuple(
            _passage(record, documents[record["doc_id"]])
            for record in map(_record, _lines(path, lines))
        )
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise IngestError(f"{path}: not a passage ({error!r}); run `quotewell build`") from error


def _lines(path: Path, wanted: Container[int] | None) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines):
                if wanted is None or number in wanted:
                    yield line
    except (OSError, ValueError) as error:
        raise IngestError(f"{path}: cannot be read ({error}); run `quotewell build`") from error


def _record(line: str) -> Json:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise IngestError(f"not JSON ({error}); run `quotewell build`") from error
    if not isinstance(record, dict):
        raise IngestError("not a record; run `quotewell build`")
    return record


def document_from_line(line: str) -> Document:
    """Return the document of a line.

    Raises:
        IngestError: if it is something else.

    """
    try:
        return _document_from_json(_record(line))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IngestError(f"not a document ({error!r}); run `quotewell build`") from error


def passage_from_line(line: str, document: Document) -> Passage:
    """Return the passage of a line, which is from this document.

    Raises:
        ValueError: if it does not begin and end with sentences of the document.

    """
    return _passage(_record(line), document)


def passage_to_json(passage: Passage) -> Json:
    """Return what is kept of a passage: its document, and its span there."""
    return {"doc_id": passage.doc_id, "span": _pair(passage.span), "n_tokens": passage.n_tokens}


def document_to_json(document: Document) -> Json:
    """Return what is kept of a document; spans become ``[start, end]``."""
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "text": document.text,
        "source": document.source,
        "sha256": document.sha256,
        "runs": [[*_pair(run.text), *_pair(run.source)] for run in document.runs],
        "seams": [[seam.offset, seam.kind] for seam in document.seams],
        "sections": [[list(s.headings), *_pair(s.span)] for s in document.sections],
        "sentences": [
            [*_pair(s.span), s.kind, s.section, s.paragraph, s.lead_in and _pair(s.lead_in)]
            for s in document.sentences
        ],
        "references": [[r.number, *_pair(r.span), r.doi, r.url] for r in document.references],
        "abbreviations": [[a.short, a.long, *_pair(a.span)] for a in document.abbreviations],
        "keywords": [_pair(span) for span in document.keywords],
        "tables": [table_to_json(table) for table in document.tables],
        "dropped": [asdict(dropped) for dropped in document.dropped],
        "page_starts": list(document.page_starts),
        "is_ocr": document.is_ocr,
        "related": [list(relation) for relation in document.related],
        "cited": [[*_pair(span), numbers] for span, numbers in document.cited],
    }


def _document_from_json(record: Json) -> Document:
    doc_id, text = record["doc_id"], record["text"]
    return Document(
        doc_id=doc_id,
        title=record["title"],
        text=text,
        source=record["source"],
        sha256=record["sha256"],
        runs=tuple(Run(Span(a, b), Span(c, d)) for a, b, c, d in record["runs"]),
        seams=tuple(Seam(offset, kind) for offset, kind in record["seams"]),
        sections=tuple(Section(doc_id, tuple(h), Span(a, b)) for h, a, b in record["sections"]),
        sentences=tuple(
            Sentence(doc_id, Span(a, b), text[a:b], kind, section, paragraph, lead and Span(*lead))
            for a, b, kind, section, paragraph, lead in record["sentences"]
        ),
        references=tuple(
            Reference(n, Span(a, b), text[a:b], doi, url)
            for n, a, b, doi, url in record["references"]
        ),
        abbreviations=tuple(
            Abbreviation(short, long, Span(a, b)) for short, long, a, b in record["abbreviations"]
        ),
        keywords=tuple(Span(a, b) for a, b in record["keywords"]),
        tables=tuple(map(table_from_json, record["tables"])),
        dropped=tuple(
            Dropped(Span(**d["source"]), d["text"], d["reason"]) for d in record["dropped"]
        ),
        page_starts=tuple(record["page_starts"]),
        is_ocr=record["is_ocr"],
        related=tuple((name, address) for name, address in record["related"]),
        cited=tuple((Span(a, b), tuple(numbers)) for a, b, numbers in record["cited"]),
    )


def _passage(record: Json, document: Document) -> Passage:
    span = Span(*record["span"])
    first = bisect_left(document.sentences, span.start, key=lambda s: s.span.start)
    last = bisect_left(document.sentences, span.end, key=lambda s: s.span.start)
    sentences = document.sentences[first:last]
    if not sentences or span != Span(sentences[0].span.start, sentences[-1].span.end):
        raise ValueError(f"{span} does not begin and end with sentences of {document.doc_id}")
    return Passage(
        doc_id=document.doc_id,
        headings=document.sections[sentences[0].section].headings,
        span=span,
        text=document.quote(span),
        sentences=sentences,
        n_tokens=record["n_tokens"],
        above=above(document, sentences[0]),
    )


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
