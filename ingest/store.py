"""Documents and passages as lines of JSON. A passage can be read without its document."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from typing import Any, cast, overload

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
from ingest.tables.store import table_from_json, table_to_json

Json = dict[str, Any]


class StoredRuns(Sequence[Run]):
    """The runs of a stored document, equal to a tuple of them; each is made when it is asked for.

    They are most of what a document is made of, and few are needed to show a quote: they are kept
    as numbers, which the collector of garbage does not look through one by one.

    Args:
        runs: start and end in the text, then start and end in the source, of each.

    """

    def __init__(self, runs: list[list[int]]) -> None:
        if any(len(run) != 4 for run in runs):
            raise ValueError("a run has four numbers")
        self._numbers = array("q", chain.from_iterable(runs))

    def __len__(self) -> int:
        return len(self._numbers) // 4

    @overload
    def __getitem__(self, at: int) -> Run: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Run, ...]: ...
    def __getitem__(self, at: int | slice) -> Run | tuple[Run, ...]:
        if isinstance(at, slice):
            return tuple(self[one] for one in range(*at.indices(len(self))))
        first = 4 * range(len(self))[at]
        start, end, source_start, source_end = self._numbers[first : first + 4]
        return Run(Span(start, end), Span(source_start, source_end))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (tuple, StoredRuns)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


def _record(line: str | bytes) -> Json:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise IngestError(f"not JSON ({error}); run `quotewell build`") from error
    if not isinstance(record, dict):
        raise IngestError("not a record; run `quotewell build`")
    return record


def document_from_line(line: str | bytes) -> Document:
    """Return the document of a line.

    Raises:
        IngestError: if it is something else.

    """
    try:
        return _document_from_json(_record(line))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise IngestError(f"not a document ({error!r}); run `quotewell build`") from error


def passage_from_line(line: str | bytes, doc_id: str) -> Passage:
    """Return the passage of a line, which is from this document.

    Raises:
        IngestError: if it is something else.

    """
    try:
        return _passage_from_json(_record(line), doc_id)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IngestError(f"not a passage ({error!r}); run `quotewell build`") from error


def passage_to_json(passage: Passage) -> Json:
    """Return what is kept of a passage: with its text, so that it is read without its document."""
    return {
        "span": _pair(passage.span),
        "text": passage.text,
        "headings": list(passage.headings),
        "above": passage.above,
        "n_tokens": passage.n_tokens,
        "sentences": _sentences_to_json(passage.sentences),
    }


def _passage_from_json(record: Json, doc_id: str) -> Passage:
    span, text = Span(*record["span"]), record["text"]
    return Passage(
        doc_id=doc_id,
        headings=tuple(record["headings"]),
        span=span,
        text=text,
        sentences=_sentences_from_json(record["sentences"], doc_id, text, span.start),
        n_tokens=record["n_tokens"],
        above=record["above"],
    )


def _sentences_to_json(sentences: Sequence[Sentence]) -> list[Any]:
    return [
        [*_pair(s.span), s.kind, s.section, s.paragraph, s.lead_in and _pair(s.lead_in)]
        for s in sentences
    ]


def _sentences_from_json(
    records: list[Any], doc_id: str, text: str, start: int = 0
) -> tuple[Sentence, ...]:
    """Return the sentences of a text that begins at ``start`` of its document."""
    return tuple(
        Sentence(
            doc_id,
            Span(a, b),
            text[a - start : b - start],
            kind,
            section,
            paragraph,
            lead and Span(*lead),
        )
        for a, b, kind, section, paragraph, lead in records
    )


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
        "sentences": _sentences_to_json(document.sentences),
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
        runs=cast("tuple[Run, ...]", StoredRuns(record["runs"])),
        seams=tuple(Seam(offset, kind) for offset, kind in record["seams"]),
        sections=tuple(Section(doc_id, tuple(h), Span(a, b)) for h, a, b in record["sections"]),
        sentences=_sentences_from_json(record["sentences"], doc_id, text),
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


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
