"""Read and check questions with gold evidence, one JSON object per line.

``id``, ``kind``, ``question`` and ``answerable`` are needed. ``evidence`` is a list of ``{"doc",
"quote"}``; ``required`` lists the positions in it that a complete answer needs, ``equiv`` which
others may stand in for a position, and ``alt_required`` further complete answers. ``history``
lists the earlier questions, ``audience`` says who would ask. Other fields are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from bank.questions import Kind
from evaluation.errors import QuestionFileError
from evaluation.folding import fold

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
    questions: dict[str, Question] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            question = _question(json.loads(line))
            if question.question_id in questions:
                raise ValueError(f"an earlier line has the id {question.question_id!r} too")
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            what = f"no field {error}" if isinstance(error, KeyError) else str(error)
            raise QuestionFileError(f"{path}, line {number}: {what}; fix the line") from error
        questions[question.question_id] = question
    if not questions:
        raise QuestionFileError(f"{path}: has no questions; add one JSON object per line")
    return tuple(questions.values())


def unfounded(question: Question, sources: Mapping[str, str]) -> tuple[Evidence, ...]:
    """Return the evidence that is not in the source files, mark-up aside."""
    return tuple(
        evidence
        for evidence in question.evidence
        if fold(evidence.quote).text not in fold(sources.get(evidence.doc_id, "")).text
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: cannot be read ({error}); name a UTF-8 file with one question per line"
        ) from error


def _question(record: Mapping[str, Any]) -> Question:
    if record["kind"] not in get_args(Kind):
        raise ValueError(f"the kind {record['kind']!r} is none of {', '.join(get_args(Kind))}")
    if not isinstance(record["answerable"], bool):
        raise TypeError("answerable is neither true nor false")
    evidence = tuple(_evidence(item) for item in record.get("evidence", []))
    question = Question(
        question_id=_text(record, "id"),
        kind=record["kind"],
        audience=record.get("audience") or NO_AUDIENCE,
        question=_text(record, "question"),
        history=_history(record.get("history") or []),
        is_answerable=record["answerable"],
        evidence=evidence,
        complete_sets=_complete_sets(record, evidence),
    )
    if question.is_answerable and not question.complete_sets:
        raise ValueError("an answerable question lists no required evidence")
    return question


def _text(record: Mapping[str, Any], field: str) -> str:
    value = record[field]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field} is not text")
    return value


def _history(turns: object) -> tuple[str, ...]:
    if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("history is not a list of questions")
    return tuple(turns)


def _evidence(item: Mapping[str, Any]) -> Evidence:
    evidence = Evidence(_text(item, "doc"), _text(item, "quote"))
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
