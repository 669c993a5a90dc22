"""Answers and sources as the records of ``ui.api.schema``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from answer import schema
from answer.quotes import Answer as QuotedAnswer
from answer.quotes import Citation
from answer.quotes import Part as QuotedPart
from answer.records import statuses
from corpus import sources
from ingest.document import Document
from ui import cautions, facts
from ui.api.schema import Answer, Caution, Context, Library, Part, Quote, Source, SourceList
from ui.parts import in_reading_order
from ui.references import STYLES, place_reference, reference
from ui.serving.once import once
from ui.surroundings import surroundings


class Corpus(Protocol):
    """What answers are quoted from; an answerer is one."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By doc_id."""

    @property
    def sources(self) -> Mapping[str, sources.Source]:
        """By doc_id."""


def answer_record(
    answer: QuotedAnswer, corpus: Corpus, audience: facts.Audience, today: date
) -> Answer:
    """Return an answer with what is needed to judge each of its quotes.

    Args:
        answer: the answer.
        corpus: the documents that it quotes, and possibly others.
        audience: who the quotes, and the facts of each, are ordered for.
        today: decides which sources are old.

    """
    answer = in_reading_order(answer, corpus.sources, audience)
    plain = schema.to_record(answer, facts.Paged(corpus.sources))

    def judged(quotes: Iterable[schema.Quote], citations: Sequence[Citation]) -> tuple[Quote, ...]:
        return tuple(
            _quote(quote, citation, corpus, audience)
            for quote, citation in zip(quotes, citations, strict=True)
        )

    def both(record: schema.Answer | schema.Part, of: QuotedAnswer | QuotedPart) -> dict[str, Any]:
        return {
            "quotes": judged(record.quotes, of.citations),
            "related": judged(record.related, of.related),
        }

    pieces: tuple[QuotedAnswer | QuotedPart, ...] = (answer, *answer.parts)
    quoted = dict.fromkeys(c.doc_id for one in pieces for c in (*one.citations, *one.related))
    more = {
        **both(plain, answer),
        "parts": tuple(
            Part(**dict(record) | both(record, part))
            for record, part in zip(plain.parts, answer.parts, strict=True)
        ),
        "sources": {doc_id: source_record(corpus.sources[doc_id], today) for doc_id in quoted},
        "library": Library(documents=len(corpus.sources), newest=_newest(corpus)),
    }
    return Answer(**dict(plain) | more)


@once
def _newest(corpus: Corpus) -> str:
    return facts.newest_change(corpus.sources.values())


def source_list(listed: Iterable[sources.Source], today: date) -> SourceList:
    """Return every source with what is known about it."""
    listed = list(listed)
    return SourceList(
        documents=tuple(source_record(source, today) for source in listed),
        newest=facts.newest_change(listed),
    )


def source_record(source: sources.Source, today: date) -> Source:
    """Return what is known about a source, with its entry in a reference list in each style."""
    return Source(
        id=source.doc_id,
        title=source.title,
        label=source.label,
        authors=source.authors,
        published_in=source.container,
        issued=source.issued,
        revised=source.revised,
        evidence=source.evidence,
        audience=source.audience,
        rights=source.rights,
        doi=source.doi,
        link=facts.link(source),
        references={style: reference(source, style) for style in STYLES},
        old=facts.is_old(source, today),
        status=statuses(source.status),
        cautions=_cautions(cautions.cautions_of(source)),
    )


def _cautions(known: Iterable[cautions.Caution]) -> tuple[Caution, ...]:
    return tuple(Caution(kind=one.kind, text=one.text, link=one.link) for one in known)


def _quote(
    quote: schema.Quote, citation: Citation, corpus: Corpus, audience: facts.Audience
) -> Quote:
    document, source = corpus.documents[citation.doc_id], corpus.sources[citation.doc_id]
    shown, section = surroundings(document, citation.span)
    return Quote(
        **dict(quote),
        context=Context(
            before=document.text[shown.start : citation.span.start],
            after=document.text[citation.span.end : shown.end],
            starts_earlier=section.start < shown.start,
            goes_on=shown.end < section.end,
        ),
        facts=facts.facts(citation, source, audience),
        cautions=_cautions(cautions.cautions(citation)),
        dated=facts.dated(citation),
        joined=facts.joined(citation.seams),
        verified=facts.is_verified(citation, document, source),
        link=facts.link_to(citation, source, document),
        cite_as=place_reference(citation, source),
    )
