"""Choose questions of the bank to offer on the page: suggestions and follow-ups."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from answer.quotes import Citation
from bank.questions import KnownQuestion
from ingest.document import Span

N_SUGGESTIONS = 6
N_FOLLOW_UPS = 3
SHORTEST, LONGEST, BEST = 25, 75, 50
"""In characters: long enough to be clear, short enough for a button. Chosen by hand."""

_OPENINGS = (
    *("What ", "Which ", "How ", "Why ", "When ", "Where ", "Who ", "Is ", "Are ", "Was ", "Were "),
    *("Do ", "Does ", "Did ", "Can ", "Could ", "Should ", "Has ", "Have ", "Had "),
)
"""A question offered to others is a whole sentence, not a few keywords."""

FAMILIAR = 3
"""A word in fewer questions of a bank may be misspelt: banks contain some slips on purpose. Chosen
by hand."""
_WORD = re.compile(r"[a-z]+")


def offered(bank: Sequence[KnownQuestion]) -> tuple[KnownQuestion, ...]:
    """Return the questions that may be offered to others: familiar words, whole sentences."""
    words = [set(_WORD.findall(known.question.lower())) for known in bank]
    counts = Counter(word for some in words for word in some)
    return tuple(
        known
        for known, some in zip(bank, words, strict=True)
        if _reads_well(known) and all(counts[word] >= FAMILIAR for word in some)
    )


def suggestions(bank: Sequence[KnownQuestion], audience: str) -> tuple[str, ...]:
    """Return up to six questions in the voice of an audience, none if there is no bank.

    One from each of the sections that have most questions in that voice: the one whose length is
    nearest to ``BEST``.
    """
    of_section: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for known in bank:
        if known.voice == audience and _reads_well(known):
            sentence = known.evidence[0]
            of_section[sentence.doc_id, sentence.section].append(known.question)
    most_asked = sorted(of_section.values(), key=len, reverse=True)[:N_SUGGESTIONS]
    return tuple(_best(questions) for questions in most_asked)


def follow_ups(
    bank: Sequence[KnownQuestion],
    audience: str,
    citations: Sequence[Citation],
    asked: Collection[str],
) -> tuple[str, ...]:
    """Return up to three questions that continue from an answer, nearest to its quotes first.

    Each is in the voice of the audience, has not been asked yet, and is answered by another
    sentence of a document that was quoted; none if there is no bank.
    """
    of_place: defaultdict[tuple[str, Span], list[str]] = defaultdict(list)
    for known in bank:
        if known.voice == audience and known.question not in asked and _reads_well(known):
            sentence = known.evidence[0]
            of_place[sentence.doc_id, sentence.span].append(known.question)
    ranked = sorted(
        (distance, _best(questions))
        for place, questions in of_place.items()
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


def _best(questions: Sequence[str]) -> str:
    return min(questions, key=lambda question: abs(len(question) - BEST))


def _reads_well(known: KnownQuestion) -> bool:
    text = known.question
    return (
        known.kind in ("fact", "explain", "list", "lay")
        and len(known.required) == 1
        and SHORTEST <= len(text) <= LONGEST
        and text.endswith("?")
        and text.startswith(_OPENINGS)
    )
