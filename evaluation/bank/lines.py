"""The lines of a draft: suggested questions with the quotes that they got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from answer.notices import notices_for
from answer.quotes import Answer, Citation, NoticeKind
from bank.drafts import answerable_kind
from bank.questions import ANSWERABLE, Kind, evidence
from evaluation.bank.suggest import Asked, Suggestion
from ingest.document import Document, Sentence
from ingest.units import Unit, units_of

OF_NOTICE: Mapping[NoticeKind, Kind] = {"emergency": "emergency", "personal_advice": "personal"}


class Answers(Protocol):
    """What can be asked: ``answer.pipeline.Answerer`` is one."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By doc_id."""

    def answer(
        self, question: str, history: Sequence[str] = (), documents: Sequence[str] | None = None
    ) -> Answer:
        """Answer one question."""


def draft_line(answerer: Answers, suggestion: Suggestion) -> dict[str, Any]:
    """Return the line of a draft, so that accepting it unread claims as little as possible.

    The quotes are those that the visitor saw, or today's if these are not known or the documents
    have changed. Only the best one is said to answer; the others are merely helpful. A question
    without quotes is drafted as one that the documents do not answer, beside the closest ones; the
    reason is left open.

    Raises:
        QuestionError: if the question cannot be asked.

    """
    asked, documents = suggestion.asked, answerer.documents
    quotes = _sentences(asked.shown, documents)
    closest: tuple[Sentence, ...] = ()
    if not quotes:
        answer = answerer.answer(asked.question, asked.history, asked.documents)
        quotes, closest = _cited(answer.citations, documents), _cited(answer.related, documents)
    kind = _kind(asked, is_answered=bool(quotes))
    named = [evidence(documents[one.doc_id], one) for one in quotes]
    line: dict[str, Any] = {"question": asked.question, "note": suggestion.note}
    line |= {"kind": kind, "voice": asked.voice}
    line |= {"history": list(asked.history)} if asked.history else {}
    if kind in ANSWERABLE:
        line["required"] = [named[:1]]
        named = named[1:]
    elif kind == "near_miss":
        line["reason"] = ""
        line["closest"] = [evidence(documents[one.doc_id], one) for one in closest]
    return line | ({"helpful": named} if named else {})


def _cited(
    citations: Iterable[Citation], documents: Mapping[str, Document]
) -> tuple[Sentence, ...]:
    return _sentences([Unit(one.doc_id, one.span) for one in citations], documents)


def _sentences(units: Sequence[Unit], documents: Mapping[str, Document]) -> tuple[Sentence, ...]:
    """Return the first sentence of each quote; none at all unless the documents have them all."""
    first: dict[Unit, Sentence] = {}
    for doc_id in {unit.doc_id for unit in units} & documents.keys():
        sentences = documents[doc_id].sentences
        for unit, sentence in zip(units_of(sentences), sentences, strict=True):
            first.setdefault(unit, sentence)
            first[Unit(doc_id, sentence.span)] = sentence
    return tuple(first[unit] for unit in units) if first.keys() >= set(units) else ()


def _kind(asked: Asked, *, is_answered: bool) -> Kind:
    """Guess the kind; whoever decides on the line may know better."""
    for notice in notices_for(asked.question, asked.history):
        if notice.kind in OF_NOTICE:
            return OF_NOTICE[notice.kind]
    return answerable_kind(asked.voice, asked.history) if is_answered else "near_miss"
