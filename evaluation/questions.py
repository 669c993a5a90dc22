"""Read and check questions with gold evidence, one JSON object per line.

``id``, ``kind``, ``question`` and ``answerable`` are needed. ``evidence`` is a list of ``{"doc",
"quote"}``; ``required`` lists the positions in it that a complete answer needs, ``equiv`` which
others may stand in for a position, and ``alt_required`` further complete answers. ``history``
lists the earlier questions, ``audience`` says who would ask. Other fields are ignored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from bank.questions import Kind
from evaluation.folding import fold
from evaluation.lines import read_lines, text_of

NO_AUDIENCE = "any"
"""The audience of a question whose line names none."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a source file that answers a question, or a part of the answer."""

    doc_id: str
    quote: str
    """As it is in the file, mark-up included."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what a good answer to it shows."""

    question_id: str
    kind: Kind
    audience: str
    question: str
    history: tuple[str, ...]
    """Earlier questions of the conversation, oldest first."""
    is_answerable: bool
    evidence: tuple[Evidence, ...]
    """Everything that is right to show."""
    complete_sets: tuple[tuple[tuple[Evidence, ...], ...], ...]
    """Each set is a complete answer: one piece of evidence from every group in it is needed."""


def read_questions(path: Path) -> tuple[Question, ...]:
    """Return the questions of a file, in its order.

    Raises:
        QuestionFileError: if the file cannot be read, has no questions or an id twice, or a
            line is malformed; the message names the line.

    """
    return read_lines(path, _question)


def unfounded(question: Question, sources: Mapping[str, str]) -> tuple[Evidence, ...]:
    """Return the evidence that is not in the source files, mark-up aside."""
    return tuple(
        evidence
        for evidence in question.evidence
        if fold(evidence.quote).text not in fold(sources.get(evidence.doc_id, "")).text
    )


def _question(record: Mapping[str, Any]) -> Question:
    if record["kind"] not in get_args(Kind):
        raise ValueError(f"the kind {record['kind']!r} is none of {', '.join(get_args(Kind))}")
    if not isinstance(record["answerable"], bool):
        raise TypeError("answerable is neither true nor false")
    evidence = tuple(_evidence(item) for item in record.get("evidence", []))
    question = Question(
        question_id=text_of(record["id"], "id"),
        kind=record["kind"],
        audience=record.get("audience") or NO_AUDIENCE,
        question=text_of(record["question"], "question"),
        history=_history(record.get("history") or []),
        is_answerable=record["answerable"],
        evidence=evidence,
        complete_sets=_complete_sets(record, evidence),
    )
    if question.is_answerable and not question.complete_sets:
        raise ValueError("an answerable question lists no required evidence")
    return question


def _history(turns: object) -> tuple[str, ...]:
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("history is not a list of questions")
    return tuple(turns)


def _evidence(item: Mapping[str, Any]) -> Evidence:
    evidence = Evidence(text_of(item["doc"], "doc"), text_of(item["quote"], "quote"))
    if not fold(evidence.quote).text:
        raise ValueError(f"the quote {evidence.quote!r} is nothing but mark-up")
    return evidence


def _complete_sets(
    record: Mapping[str, Any], evidence: tuple[Evidence, ...]
) -> tuple[tuple[tuple[Evidence, ...], ...], ...]:
    instead = record.get("equiv") or {}
    wanted = [record.get("required") or [], *(record.get("alt_required") or [])]
    return tuple(
        tuple(
            tuple(_at(evidence, place) for place in [need, *instead.get(str(need), [])])
            for need in needs
        )
        for needs in wanted
        if needs
    )


def _at(evidence: tuple[Evidence, ...], place: object) -> Evidence:
    if not isinstance(place, int) or not 0 <= place < len(evidence):
        raise ValueError(f"required evidence {place!r} is not listed, {len(evidence)} are")
    return evidence[place]
