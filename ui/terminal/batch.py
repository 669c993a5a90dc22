"""Questions from a file: one JSON object a line in, one answer a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answer.errors import QuestionError
from answer.schema import to_json
from ui.errors import CommandError

if TYPE_CHECKING:
    from answer.pipeline import Answerer


@dataclass(frozen=True, slots=True)
class BatchQuestion:
    """One line of a batch."""

    line: int
    """Where it stands in the file, from 1."""
    id: str
    question: str
    history: tuple[str, ...] = ()
    """Earlier questions of the same person, oldest first."""
    documents: tuple[str, ...] | None = None
    """The only documents to search; None for all."""


def read_questions(lines: Iterable[str], name: str) -> tuple[BatchQuestion, ...]:
    """Read and check every line of a batch before any is answered; blank lines are skipped.

    Raises:
        CommandError: naming ``name`` and the number of the first line that will not do.

    """
    questions = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                questions.append(_question(number, json.loads(line)))
            except ValueError as error:
                raise CommandError(f"{name}, line {number}: {error}. Correct the line.") from error
    return tuple(questions)


def answer_lines(
    answerer: Answerer, questions: Iterable[BatchQuestion], name: str
) -> Iterator[str]:
    """Yield one line of JSON an answer, in the questions' order.

    A question that cannot be asked has the status ``"error"`` and the reason, and the rest goes on.

    Raises:
        CommandError: at the end, if there were such questions, naming the first.

    """
    refused = []
    for asked in questions:
        try:
            answer = answerer.answer(asked.question, asked.history, asked.documents)
        except QuestionError as error:
            refused.append(f"{name}, line {asked.line}: {error}")
            record = {"id": asked.id, "question": asked.question}
            record |= {"status": "error", "error": str(error)}
        else:
            record = to_json(answer, asked.id)
        yield json.dumps(record, ensure_ascii=False)
    if refused:
        raise CommandError(f"{len(refused)} questions could not be asked; {refused[0]}")


def _question(number: int, record: object) -> BatchQuestion:
    if not isinstance(record, Mapping):
        raise ValueError("expected a JSON object with id and question")
    documents = record.get("documents")
    return BatchQuestion(
        line=number,
        id=_text(record, "id"),
        question=_text(record, "question"),
        history=_texts(record.get("history") or [], "history"),
        documents=None if documents is None else _texts(documents, "documents"),
    )


def _text(record: Mapping[str, object], field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str):
        raise ValueError(f'"{field}" must be a string, got {json.dumps(value)}')
    return value


def _texts(value: object, field: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f'"{field}" must be a list of strings')
    return tuple(value)
