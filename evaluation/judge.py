"""Judge one reply: whether the question was handled as it should be, and what each quote is worth.

The figures are defined in ``evaluation/figures.py``. Evidence counts as shown if the quotes contain
``COVERED`` of it; a quote is on evidence if ``TOUCHED`` of the shorter of the two is in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.folding import fold, shared
from evaluation.questions import Evidence, Question

COVERED = 0.8
"""Share of the folded characters of a piece of evidence that the quotes must contain."""
TOUCHED = 0.5
"""Share of the shorter of quote part and evidence that both must contain in one stretch."""

NOTICE_WANTED = {"personal": "personal_advice", "emergency": "emergency"}
"""The kind of notice that handles a kind of question."""
OPENERS = frozenset('.!?:\n])”"•-–')
"""What may come before a quote that begins where a sentence, item, caption or line does."""
CLOSERS = frozenset("\n([•")
"""What may come after a quote that ends without a full stop."""
FULL_STOPS = (".", "!", "?", ":")
LIST_NUMBER = re.compile(r"\n\s*\d+\.$")
IGNORED = " *_$\t\u00a0"
"""Mark-up and blanks beside a quote in its source."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as an answer shows it."""

    doc_id: str
    text: str
    parts: tuple[str, ...]
    """The stretches of the source file that it claims to consist of, none of them blank."""
    score: float
    """In ``[0, 1]``."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The parts of an answer that the judge reads."""

    is_found: bool
    quotes: tuple[Shown, ...]
    """As shown: best first, but grave harm before anything else."""
    related: tuple[Shown, ...]
    """When not found: the closest quotes."""
    notices: frozenset[str]
    """Their kinds."""
    total_ms: float | None
    """None if the answer does not say how long it took."""

    @property
    def best(self) -> Shown | None:
        """The likeliest unit of all that were read, shown or not; None if none was."""
        return max((*self.quotes, *self.related), key=lambda quote: quote.score, default=None)


@dataclass(frozen=True, slots=True)
class Judged:
    """One question, the reply to it and the judge's verdict."""

    question: Question
    reply: Reply | None
    """None if the question got no answer at all, which counts as not handled."""
    is_handled: bool
    is_complete: bool
    """Whether the quotes cover one complete set of evidence."""
    is_best_right: bool
    """Whether the likeliest unit of all that were read is on evidence, shown or not."""
    on_evidence: tuple[bool, ...]
    """For each quote, whether it is on listed evidence."""
    is_intact: tuple[bool, ...]
    """For each quote, whether its parts are in the source and its text consists of them."""
    is_clean: tuple[bool, ...]
    """For each quote, whether it begins and ends where a sentence, item, caption or line does."""

    @property
    def is_hit(self) -> bool:
        """Whether the first quote is on evidence."""
        return self.on_evidence[:1] == (True,)

    @property
    def top_score(self) -> float:
        """The score of the likeliest unit of all that were read, shown or not; 0 if none was."""
        best = None if self.reply is None else self.reply.best
        return 0.0 if best is None else best.score

    @property
    def is_found(self) -> bool:
        """Whether the question was answered, rightly or not."""
        return self.reply is not None and self.reply.is_found


def reply_of(answer: Mapping[str, Any]) -> Reply:
    """Return what the judge reads of an answer as JSON, as ``answer.schema`` writes it."""
    return Reply(
        is_found=answer["status"] == "answered",
        quotes=tuple(_shown(quote) for quote in answer.get("quotes", [])),
        related=tuple(_shown(quote) for quote in answer.get("related", [])),
        notices=frozenset(notice["kind"] for notice in answer.get("notices", [])),
        total_ms=answer.get("timing_ms", {}).get("total"),
    )


def judge(question: Question, reply: Reply | None, sources: Mapping[str, str]) -> Judged:
    """Judge one reply.

    Args:
        question: with its evidence.
        reply: None if there is none.
        sources: the text of every source file by doc_id, as decoded.

    """
    quotes = () if reply is None else reply.quotes
    touching = tuple(touches(quote, question.evidence) for quote in quotes)
    complete = _is_complete(quotes, question)
    return Judged(
        question=question,
        reply=reply,
        is_handled=reply is not None and _is_handled(question, reply, complete, touching),
        is_complete=complete,
        is_best_right=_is_best_right(question, reply),
        on_evidence=touching,
        is_intact=tuple(_is_intact(quote, sources.get(quote.doc_id)) for quote in quotes),
        is_clean=tuple(_is_clean(quote, sources.get(quote.doc_id)) for quote in quotes),
    )


def touches(quote: Shown, evidence: Iterable[Evidence]) -> bool:
    """Whether a part of the quote has enough in common with a piece of evidence."""
    parts = [fold(part).text for part in quote.parts]
    for piece in evidence:
        if piece.doc_id != quote.doc_id:
            continue
        gold = fold(piece.quote).text
        for part in parts:
            start, end = shared(part, gold)
            if end - start >= TOUCHED * min(len(part), len(gold)):
                return True
    return False


def _shown(quote: Mapping[str, Any]) -> Shown:
    parts = quote.get("parts") or [quote["text"]]
    return Shown(
        doc_id=quote["document"],
        text=quote["text"],
        parts=tuple(part for part in parts if part.strip()),
        score=quote["score"],
    )


def _is_handled(
    question: Question, reply: Reply, complete: bool, touching: tuple[bool, ...]
) -> bool:
    if question.is_answerable:
        return reply.is_found and complete
    if question.kind in NOTICE_WANTED:
        return NOTICE_WANTED[question.kind] in reply.notices
    if question.kind == "adversarial" and reply.is_found and question.evidence:
        return bool(touching) and all(touching)  # a false premise that the documents correct
    return not reply.is_found


def _is_best_right(question: Question, reply: Reply | None) -> bool:
    best = None if reply is None else reply.best
    return best is not None and touches(best, question.evidence)


def _is_complete(quotes: Iterable[Shown], question: Question) -> bool:
    shown = tuple(quotes)
    return any(
        all(any(_covers(shown, piece) for piece in group) for group in groups)
        for groups in question.complete_sets
    )


def _covers(quotes: tuple[Shown, ...], evidence: Evidence) -> bool:
    gold = fold(evidence.quote).text
    held: set[int] = set()
    for quote in quotes:
        if quote.doc_id == evidence.doc_id:
            for part in quote.parts:
                held.update(range(*shared(fold(part).text, gold)))
    return len(held) >= COVERED * len(gold)


def _is_intact(quote: Shown, source: str | None) -> bool:
    """Whether the parts are in the source and the text, except for hyphens, consists of them."""
    if source is None:
        return False
    parts = [fold(part).text for part in quote.parts]
    text, joined = fold(quote.text).text, "".join(parts)
    return all(part in fold(source).text for part in parts) and (
        text == joined or text.replace("-", "") == joined.replace("-", "")
    )


def _is_clean(quote: Shown, source: str | None) -> bool:
    """Whether the first part somewhere begins, and the last somewhere ends, where a unit does."""
    if not source or not quote.parts:
        return False
    whole = fold(source)
    first, last = fold(quote.parts[0]).text, fold(quote.parts[-1]).text
    begins = (source[: whole.offsets[at]] for at in _occurrences(whole.text, first))
    ends = (
        (whole.offsets[at], whole.offsets[at + len(last) - 1] + 1)
        for at in _occurrences(whole.text, last)
    )
    return any(map(_unit_begins_after, begins)) and any(
        _unit_ends(source[start:end], source[end:]) for start, end in ends
    )


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while part and at >= 0:
        yield at
        at = text.find(part, at + 1)


def _unit_begins_after(before: str) -> bool:
    before = before.rstrip(IGNORED)
    return not before or before[-1] in OPENERS or LIST_NUMBER.search(before) is not None


def _unit_ends(inside: str, after: str) -> bool:
    after = after.lstrip(IGNORED)
    inside = inside.rstrip(' *_)”"\u00a0')
    return not after or after[0] in CLOSERS or inside.endswith(FULL_STOPS)
