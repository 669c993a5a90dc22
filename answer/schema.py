"""An answer as data: the only description of its JSON, for the command line and all programs.

The docstrings of the classes and their fields become the descriptions in every schema made from
them. Fields may be added; none is renamed, moved or removed.
"""

from __future__ import annotations

import operator
from collections.abc import Container, Mapping
from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from answer import quotes
from answer.locating.links import marks_address
from answer.records import Json, Offsets, Record, SourceStatus, statuses
from answer.table_schema import Table, table_record
from ingest import document
from ingest.document import SeamKind, Span


class Reference(Record):
    """A numbered reference cited inside a quote: second-hand; the quote is not from it."""

    number: NonNegativeInt
    text: str
    doi: str = Field("", exclude_if=operator.not_)
    """Left out if not known."""
    url: str = Field("", exclude_if=operator.not_)
    """Left out if not known."""


class Seam(Record):
    """A place in a quote where two stretches that are apart in the source file were joined."""

    offset: NonNegativeInt
    """The first character after it, in the document's canonical text, in code points."""
    kind: SeamKind
    """What the file has there: a hyphen at a line end, a page or column break, a figure with
    its caption, a publisher's notice, or the brackets of a link."""


class Antecedent(Record):
    """What "this drug" or "it" in a quote stands for: a sentence before it, or a heading."""

    text: str
    """The document's own characters at `span`, unchanged."""
    span: Offsets
    """Start and end, counted as those of the quote."""


class Quote(Record):
    """A verbatim stretch of a document, and where it is."""

    number: PositiveInt
    """1, 2, … as shown."""
    document: str
    """The document's id."""
    text: str
    """The document's own characters at `span`, unchanged."""
    span: Offsets
    """Start and end in the document's canonical text, in code points; the end is exclusive."""
    parts: tuple[str, ...]
    """The stretches of the source file that `text` holds, in order; one if nothing was joined."""
    seams: tuple[Seam, ...]
    """Where the parts were joined."""
    headings: tuple[str, ...]
    """The headings it stands under, outermost first."""
    locator: str
    """Where a person finds it: the page if there are pages, else section and paragraph."""
    page: PositiveInt | None
    """The page on which it starts; null if the document has no pages."""
    emphasis: Offsets | None
    """Start and end of the words that answer, counted as in `span`; null if not known."""
    score: float = Field(ge=0, le=1)
    """How likely it is that this answers the question."""
    references: tuple[Reference, ...]
    """The numbered references cited inside it."""
    as_of: str | None
    """Date of the source to show beside it, as an ISO year or month, because what it says may have
    changed since: approvals, guidelines, what is recent. Null if not needed, or not known."""
    antecedent: Antecedent | None
    """To show with it, marked as context; null if not needed, or not found."""
    status: tuple[SourceStatus, ...]
    """What has happened to its source, the gravest first; to show with it, a retraction before it.
    Empty if nothing is known."""
    is_ocr: bool
    """Whether a machine read it from a scan: the page has to be checked."""
    marks: str | None = None
    """Where a server says on which pages of the document it stands, and where on them: a path;
    null if there are no pages to show."""
    table: Table | None = None
    """Of rows of a table: to show in place of `text`, with caption and head; else null."""


class Notice(Record):
    """A fixed sentence to show before the quotes; never made from the question."""

    kind: quotes.NoticeKind
    text: str


Status = Literal["answered", "not_found"]


class Searched(Record):
    """How much was searched."""

    documents: NonNegativeInt
    """0 if the notices are the whole answer: to thoughts of self-harm, thanks and greetings."""
    passages: NonNegativeInt


class Part(Record):
    """One of the questions in a message, answered by itself."""

    question: str
    """In the words of the message."""
    read_as: tuple[str, ...] | None
    """The questions that it was read with, oldest first, and itself; null if it stood alone."""
    status: Status
    quotes: tuple[Quote, ...]
    """Best first, numbered as in the answer's `quotes`; empty when not found."""
    related: tuple[Quote, ...]
    """When not found: the closest quotes, which are not an answer."""


class Answer(Record):
    """Verbatim quotes and nothing else, or the finding that the documents do not answer."""

    question: str
    """As asked."""
    status: Status
    """With several parts, `answered` if any of them is."""
    quotes: tuple[Quote, ...]
    """Best first; empty when not found. With several parts, those of all parts, each once."""
    related: tuple[Quote, ...]
    """When not found: the closest quotes, which are not an answer."""
    notices: tuple[Notice, ...]
    """To show before the quotes, whatever the status."""
    searched: Searched
    timing_ms: dict[str, float]
    """Milliseconds by step; `total` is the whole."""
    read_as: tuple[str, ...] | None
    """The earlier questions of the conversation that it was read with, oldest first, and itself, as
    asked; null if it stood alone."""
    parts: tuple[Part, ...]
    """If several questions were asked in one: each with its own quotes, or none. Else empty."""
    version: str
    """Of the library: 12 hexadecimal digits that change with any file of it."""


def to_record(answer: quotes.Answer, paged: Container[str] = ()) -> Answer:
    """Return the answer as data; ``paged`` are the ids of the documents whose pages can be shown.

    Half a surrogate pair in the question, which no JSON in UTF-8 can hold, becomes a question mark.
    """
    numbers = {(c.doc_id, c.span): n for n, c in enumerate(answer.citations, start=1)}
    return Answer(
        question=_printable(answer.question),
        read_as=_read_as(answer.read_as),
        status=_status(answer),
        quotes=_quotes(answer.citations, paged),
        related=_quotes(answer.related, paged),
        parts=tuple(_part(part, numbers, paged) for part in answer.parts),
        notices=tuple(Notice(kind=one.kind, text=one.text) for one in answer.notices),
        searched=Searched(documents=answer.n_documents, passages=answer.n_passages),
        timing_ms={step: round(ms, 1) for step, ms in answer.timing_ms.items()},
        version=answer.version,
    )


def to_json(
    answer: quotes.Answer, question_id: str | None = None, paged: Container[str] = ()
) -> Json:
    """Return the answer as a JSON object; a batch adds the question's id, as ``id``."""
    record = to_record(answer, paged).model_dump(mode="json")
    return record if question_id is None else {"id": question_id} | record


def _part(
    part: quotes.Part, numbers: Mapping[tuple[str, Span], int], paged: Container[str]
) -> Part:
    """Return a part; ``numbers`` are those of the answer's quotes, by document and place."""
    return Part(
        question=_printable(part.question),
        read_as=_read_as(part.read_as),
        status=_status(part),
        quotes=tuple(_quote(c, numbers[c.doc_id, c.span], paged) for c in part.citations),
        related=_quotes(part.related, paged),
    )


def _status(answer: quotes.Answer | quotes.Part) -> Status:
    return "answered" if answer.is_found else "not_found"


def _read_as(turns: tuple[str, ...]) -> tuple[str, ...] | None:
    return tuple(map(_printable, turns)) or None


def _printable(text: str) -> str:
    return text.encode(errors="replace").decode()


def _quotes(citations: tuple[quotes.Citation, ...], paged: Container[str]) -> tuple[Quote, ...]:
    return tuple(_quote(one, number, paged) for number, one in enumerate(citations, start=1))


def _quote(citation: quotes.Citation, number: int, paged: Container[str]) -> Quote:
    return Quote(
        number=number,
        document=citation.doc_id,
        text=citation.quote,
        span=_offsets(citation.span),
        parts=citation.parts,
        seams=tuple(Seam(offset=seam.offset, kind=seam.kind) for seam in citation.seams),
        headings=citation.headings,
        locator=citation.locator,
        page=citation.page,
        emphasis=None if citation.emphasis is None else _offsets(citation.emphasis),
        score=round(citation.score, 4),
        references=tuple(_reference(reference) for reference in citation.references),
        as_of=citation.as_of or None,
        antecedent=_antecedent(citation.antecedent),
        status=statuses(citation.status),
        is_ocr=citation.is_ocr,
        marks=marks_address(citation) if citation.doc_id in paged else None,
        table=table_record(citation.table),
    )


def _antecedent(named: quotes.Antecedent | None) -> Antecedent | None:
    return None if named is None else Antecedent(text=named.text, span=_offsets(named.span))


def _reference(entry: document.Reference) -> Reference:
    return Reference(number=entry.number, text=entry.text, doi=entry.doi or "", url=entry.url or "")


def _offsets(span: Span) -> Offsets:
    return span.start, span.end
