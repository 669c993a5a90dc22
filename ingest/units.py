"""What is quoted for a sentence: the sentence itself, or its whole list with the lead-in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Sentence, Span


@dataclass(frozen=True, slots=True)
class Unit:
    """A quotable stretch of one document: whole sentences."""

    doc_id: str
    span: Span


def units_of(sentences: Sequence[Sentence]) -> tuple[Unit, ...]:
    """Return the unit of each sentence; the items and lead-in of a list share one.

    Args:
        sentences: all those of each document, in order.

    """
    lists: dict[tuple[str, Span], Span] = {}
    for sentence in sentences:
        if sentence.lead_in and sentence.kind == "item":
            lists[sentence.doc_id, sentence.lead_in] = Span(
                sentence.lead_in.start, sentence.span.end
            )
    return tuple(
        Unit(s.doc_id, lists.get((s.doc_id, s.lead_in or s.span), s.span)) for s in sentences
    )


def firsts_of(sentences: Sequence[Sentence]) -> Iterator[tuple[Unit, Sentence]]:
    """Yield the units in order of appearance, each with its first sentence.

    Args:
        sentences: all those of one document, in order.

    """
    seen = set()
    for unit, sentence in zip(units_of(sentences), sentences, strict=True):
        if unit not in seen:
            seen.add(unit)
            yield unit, sentence
