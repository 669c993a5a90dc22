"""Choose among the questions that a bank offers: suggestions to start with, and follow-ups."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain, zip_longest
from typing import get_args

from answer.quotes import Citation
from bank.questions import KnownQuestion, Voice
from ingest.document import Span

N_SUGGESTIONS = 6
N_FOLLOW_UPS = 3


def suggestions(offered: Sequence[KnownQuestion], audience: str | None) -> tuple[str, ...]:
    """Return up to six questions to start with, none if none is offered.

    Args:
        offered: as ``bank.offered.read_offered`` returns them.
        audience: in whose voice; if None, those of all audiences take turns.

    """
    voices = get_args(Voice) if audience is None else (audience,)
    said = ([known.question for known in offered if known.voice == voice] for voice in voices)
    in_turn = chain.from_iterable(zip_longest(*said))
    return tuple(dict.fromkeys(question for question in in_turn if question))[:N_SUGGESTIONS]


def follow_ups(
    offered: Sequence[KnownQuestion],
    audience: str | None,
    citations: Sequence[Citation],
    asked: Collection[str],
) -> tuple[str, ...]:
    """Return up to three questions that continue from an answer, nearest to its quotes first.

    Each is in the voice of the audience, if there is one, has not been asked yet, and is answered
    by another sentence of a document that was quoted.
    """
    of_place: dict[tuple[str, Span], str] = {}
    for known in offered:
        if audience in (known.voice, None) and known.question not in asked:
            sentence = known.evidence[0]
            of_place.setdefault((sentence.doc_id, sentence.span), known.question)
    ranked = sorted(
        (distance, question)
        for place, question in of_place.items()
        if (distance := _distance(place, citations)) is not None
    )
    return tuple(question for _, question in ranked[:N_FOLLOW_UPS])


def _distance(place: tuple[str, Span], citations: Sequence[Citation]) -> int | None:
    """Return the number of characters to the nearest quote; None inside one or without any."""
    doc_id, span = place
    quoted = [citation.span for citation in citations if citation.doc_id == doc_id]
    if not quoted or any(span.overlaps(quote) for quote in quoted):
        return None
    return min(max(quote.start - span.end, span.start - quote.end) for quote in quoted)
