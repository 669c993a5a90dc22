"""Answers made of quotes, and nothing but quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from answer.errors import CitationError
from answer.tables import QuotedTable, table_of
from corpus.status import Status
from ingest.document import Document, Reference, Seam, Sentence, Span
from ingest.references import cited_in
from ingest.tables.parts import row_at

NoticeKind = Literal["emergency", "personal_advice", "language", "small_talk", "retracted"]


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What "this drug" or "it" in a quote stands for, in the document's own words."""

    span: Span
    text: str
    """``document.text[span.start:span.end]``: whole sentences before the quote, or a heading."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and the place it comes from. Build one with ``cite``, never by hand."""

    doc_id: str
    span: Span
    quote: str
    """``document.text[span.start:span.end]``, character for character."""
    parts: tuple[str, ...]
    """The stretches of the source file that the quote is made of; more than one if joined."""
    seams: tuple[Seam, ...]
    """Where they were joined, as offsets into ``document.text``."""
    headings: tuple[str, ...]
    locator: str
    """Where a person finds it: the page if there are pages, else section and paragraph."""
    page: int | None
    """1-based page on which the quote starts; None if the format has no pages."""
    score: float
    """How likely this answers the question, in ``[0, 1]``."""
    references: tuple[Reference, ...]
    """The document's numbered references that the quote cites, in order of number."""
    emphasis: Span | None = None
    """The words in it that answer, as offsets into ``document.text``; None if not known."""
    as_of: str = ""
    """Date of its source to show beside it, as an ISO year or month: what the quote says may have
    changed since. Empty if it says nothing of that kind, or the date is not known."""
    antecedent: Antecedent | None = None
    """To show with it, marked as context; None if nothing is needed or found."""
    status: tuple[Status, ...] = ()
    """What has happened to its source, the gravest first, to show with it."""
    is_ocr: bool = False
    """Whether a machine read its document from pictures of the pages: they have to be checked."""
    table: QuotedTable | None = None
    """Of rows of a table: to show in place of the quote, with caption and head; else None."""

    @property
    def is_retracted(self) -> bool:
        """Whether its source was retracted."""
        return any(status.kind == "retracted" for status in self.status)


@dataclass(frozen=True, slots=True)
class Notice:
    """A fixed, hand-written sentence shown beside the quotes; never made from the question."""

    kind: NoticeKind
    text: str
    stands_alone: bool = False
    """Whether nothing is searched for and quoted beside it: whatever was would be out of place."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the questions in a message, and its quotes. No citations means not answered."""

    question: str
    """In the visitor's words."""
    read_as: tuple[str, ...]
    """What was searched for: the earlier questions that it depends on, oldest first, and itself;
    empty if it stood alone."""
    citations: tuple[Citation, ...]
    """Best first, without overlaps."""
    related: tuple[Citation, ...]
    """When there are no citations: the closest quotes, never shown as an answer."""
    is_order_fixed: bool = False
    """Whether the citations stay in their order for every audience, because ``answer.safety`` put
    them in it: grave harm first, and what qualifies a quote right after it."""

    @property
    def is_found(self) -> bool:
        """Whether the corpus answers it."""
        return bool(self.citations)


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one message. No citations means the corpus does not answer it."""

    question: str
    citations: tuple[Citation, ...]
    """Best first, without overlaps, but grave harm before anything else, and what qualifies a quote
    right after it; of several parts, those of one after those of another, each once."""
    related: tuple[Citation, ...]
    """When there are no citations: the closest quotes, never shown as an answer."""
    notices: tuple[Notice, ...]
    n_documents: int
    """How many documents were searched; none beside a notice that stands alone."""
    n_passages: int
    """How many passages were searched."""
    timing_ms: dict[str, float]
    """Milliseconds by step; ``total`` is the whole."""
    read_as: tuple[str, ...] = ()
    """The earlier questions of the conversation that it was read with, oldest first, and itself, in
    the visitor's words; empty if it stood alone."""
    parts: tuple[Part, ...] = ()
    """The questions in the message if it has several, in order; else empty."""
    is_order_fixed: bool = False
    """That of the only part, if there are not several."""
    version: str = ""
    """Of the library that was asked (``Corpus.version``)."""

    @property
    def is_found(self) -> bool:
        """Whether the corpus answers the question."""
        return bool(self.citations)

    @property
    def is_searched(self) -> bool:
        """Whether anything was searched for; if not, the notices are the whole answer."""
        return self.n_documents > 0


def cite(
    document: Document,
    span: Span,
    score: float,
    emphasis: Span | None = None,
    *,
    as_of: str = "",
    antecedent: Span | None = None,
    status: tuple[Status, ...] = (),
) -> Citation:
    """Make the citation of a quote; this is the only way to make one.

    Args:
        document: that the quote is from.
        span: whole sentences, list items, captions, lines or rows of one section; a list may be
            quoted from its lead-in to its last item.
        score: how likely this answers the question, in ``[0, 1]``.
        emphasis: the words in it that answer.
        as_of: the date of the source, if it has to stand beside the quote.
        antecedent: where the document names, before the quote, what its pronouns stand for.
        status: what has happened to the source.

    Raises:
        CitationError: if the span does not begin and end where units of one section do, the
            emphasis is not in it, the antecedent is not before it, or the score is not in
            ``[0, 1]``.

    """
    if not 0.0 <= score <= 1.0:
        raise CitationError(f"a score is between 0 and 1, got {score}; this is a bug: report it")
    units = [unit for unit in document.sentences if span.covers(unit.span)]
    if not units or span != Span(units[0].span.start, units[-1].span.end):
        raise CitationError(
            f"{document.doc_id}: {span} is not made of whole sentences; run `quotewell build`"
        )
    if units[0].section != units[-1].section:
        raise CitationError(f"{document.doc_id}: {span} runs over a heading; run `quotewell build`")
    if emphasis is not None and not span.covers(emphasis):
        raise CitationError(f"{emphasis} is not in the quote {span}; this is a bug: report it")
    if antecedent is not None and antecedent.end > span.start:
        raise CitationError(f"{antecedent} is not before {span}; this is a bug: report it")
    quote = document.quote(span)
    numbers = set(cited_in(document, span))
    page = document.page_of(span.start)
    return Citation(
        doc_id=document.doc_id,
        span=span,
        quote=quote,
        parts=document.parts(span),
        seams=document.seams_in(span),
        headings=document.sections[units[0].section].headings,
        locator=_locator(document, units[0], page),
        page=page,
        score=score,
        references=tuple(r for r in document.references if r.number in numbers),
        emphasis=emphasis,
        as_of=as_of,
        antecedent=Antecedent(antecedent, document.quote(antecedent)) if antecedent else None,
        status=status,
        is_ocr=document.is_ocr,
        table=table_of(document, tuple(u.span for u in units)) if units[0].kind == "row" else None,
    )


def without_quotes(
    question: str, notices: tuple[Notice, ...], seconds: float, version: str
) -> Answer:
    """Return an answer that is nothing but notices: nothing was searched."""
    return Answer(
        question=question,
        citations=(),
        related=(),
        notices=notices,
        n_documents=0,
        n_passages=0,
        timing_ms={"total": 1000 * seconds},
        version=version,
    )


def _locator(document: Document, unit: Sentence, page: int | None) -> str:
    """Return "p. 3", else the innermost heading and the kind and number of the place in it."""
    if page is not None:
        return f"p. {page}"
    number = next((r.number for r in document.references if r.span == unit.span), None)
    if number is not None:
        return f"reference {number}"
    headings = document.sections[unit.section].headings
    if unit.kind == "caption" and headings:
        return f"{headings[-1]}, caption"
    row = row_at(document.tables, unit.span) if unit.kind == "row" else None
    place = f"row {row[1] + 1}" if row else f"paragraph {unit.paragraph}"
    return f"{headings[-1]}, {place}" if len(headings) > 1 else place
