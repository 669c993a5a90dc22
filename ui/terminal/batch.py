"""Questions from a file: one per line in, as plain text or JSON, and one answer per line out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer.errors import QuestionError
from ui.errors import CommandError
from ui.facts import Paged
from ui.terminal.inventory import counted

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
    problem: str = ""
    """Why the line cannot be asked, and what to do; empty if it can."""


def read_batch(batch: str) -> tuple[BatchQuestion, ...]:
    """Read a batch from a file, by its name, or from standard input for ``-``.

    Raises:
        CommandError: if it is not UTF-8.
        OSError: if it cannot be read.

    """
    try:
        data = sys.stdin.buffer.read() if batch == "-" else Path(batch).read_bytes()
        return read_questions(data.decode("utf-8-sig").split("\n"))
    except UnicodeDecodeError as error:
        raise CommandError(f"{name_of(batch)}: not UTF-8 ({error}). Save it as UTF-8.") from error


def name_of(batch: str) -> str:
    """Return what a batch is called in messages."""
    return "standard input" if batch == "-" else batch


def read_questions(lines: Iterable[str]) -> tuple[BatchQuestion, ...]:
    """Read every line of a batch; blank ones are skipped.

    A line that starts with ``{`` is a JSON object: ``question`` and optionally ``id`` (text or a
    number), ``history`` and ``documents``; other fields are ignored. Any other line is itself the
    question. The id defaults to the line's number. A malformed line has a ``problem``.
    """
    numbered = enumerate(map(str.strip, lines), start=1)
    return tuple(_question(number, line) for number, line in numbered if line)


def answer_lines(
    answerer: Answerer, questions: Iterable[BatchQuestion], name: str
) -> Iterator[str]:
    """Yield one line of JSON per question, in their order.

    A question that cannot be asked gets the status ``"error"`` and the reason; the others go on.

    Raises:
        CommandError: at the end, if there were such questions, naming ``name`` and the first.

    """
    refused = []
    for asked in questions:
        try:
            record = _answer(answerer, asked)
        except QuestionError as error:
            refused.append(f"{name}, line {asked.line}: {error}")
            record = {"id": asked.id, "question": asked.question}
            record |= {"status": "error", "error": str(error)}
        yield json.dumps(record, ensure_ascii=False)
    if refused:
        raise refusal(refused)


def refusal(refused: Sequence[str]) -> CommandError:
    """Return the error that counts the questions that could not be asked and gives the first."""
    return CommandError(f"{counted(len(refused), 'question')} could not be asked; {refused[0]}")


def _answer(answerer: Answerer, asked: BatchQuestion) -> dict[str, Any]:
    from answer.schema import to_json  # loads pydantic, which `--help` need not wait for

    if asked.problem:
        raise QuestionError(asked.problem)
    answer = answerer.answer(asked.question, asked.history, asked.documents)
    return to_json(answer, asked.id, Paged(answerer.sources))


def _question(number: int, line: str) -> BatchQuestion:
    question_id = str(number)
    if not line.startswith("{"):
        return BatchQuestion(number, question_id, line)
    try:
        record = _parsed(line)
        question_id = _id(record.get("id"), question_id)
        return BatchQuestion(
            line=number,
            id=question_id,
            question=_text(record.get("question"), '"question" must be a string'),
            history=_texts(record.get("history"), "history") or (),
            documents=_texts(record.get("documents"), "documents"),
        )
    except ValueError as error:
        return BatchQuestion(number, question_id, line, problem=f"{error}; correct the line")


def _parsed(line: str) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError as error:
        place = f"{error.msg} at character {error.pos + 1}"
        raise ValueError(f"the line is not a JSON object ({place})") from error
    except RecursionError as error:
        raise ValueError("the line is nested too deeply") from error
    return record


def _id(value: object, by_line: str) -> str:
    if value is None:
        return by_line
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _text(value, '"id" must be a string or a number')


def _texts(value: object, field: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    wanted = f'"{field}" must be a list of strings'
    if not isinstance(value, list):
        raise ValueError(wanted)
    return tuple(_text(item, wanted) for item in value)


def _text(value: object, wanted: str) -> str:
    if not isinstance(value, str):
        raise ValueError(wanted)
    if value != value.encode(errors="replace").decode():
        raise ValueError("there is half a surrogate pair in it")
    return value
