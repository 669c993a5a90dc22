"""What is quoted for a sentence: the sentence itself, or its whole list with the lead-in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.document import Sentence, Span

Ends = Mapping[tuple[str, int, int], int]
"""By the document and the span of the lead-in of a list: where its last item ends."""


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
    ends = list_ends(sentences)
    return tuple(unit_of(sentence, ends) for sentence in sentences)


def list_ends(sentences: Sequence[Sentence]) -> Ends:
    """Return where the lists of some documents end.

    Args:
        sentences: all those of each document, in order.

    """
    ends = {}
    for sentence in sentences:
        if sentence.lead_in and sentence.kind == "item":
            ends[_place(sentence.doc_id, sentence.lead_in)] = sentence.span.end
    return ends


def unit_of(sentence: Sentence, ends: Ends) -> Unit:
    """Return the unit of one sentence, where the lists of its document end being known."""
    begin = sentence.lead_in or sentence.span
    end = ends.get(_place(sentence.doc_id, begin)) if ends else None
    span = sentence.span if end is None else Span(begin.start, end)
    return Unit(sentence.doc_id, span)


def _place(doc_id: str, span: Span) -> tuple[str, int, int]:
    return doc_id, span.start, span.end  # found faster than a span


def firsts_of(sentences: Sequence[Sentence]) -> Iterator[tuple[int, Unit]]:
    """Yield the units in order of appearance, each after the number of its first sentence.

    Args:
        sentences: all those of one document, in order.

    """
    seen = set()
    for number, unit in enumerate(units_of(sentences)):
        if unit.span.start not in seen:
            seen.add(unit.span.start)
            yield number, unit
