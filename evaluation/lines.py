"""Read and check files of questions, one JSON object per line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from evaluation.errors import QuestionFileError


class Identified(Protocol):
    """What a line becomes."""

    @property
    def question_id(self) -> str:
        """Return its id, which no other line of the file has."""


T = TypeVar("T", bound=Identified)


def read_lines(path: Path, question: Callable[[Mapping[str, Any]], T]) -> tuple[T, ...]:
    """Return the questions of a file, in its order.

    Args:
        path: of the file.
        question: makes one of the object in a line, and raises one of the errors of a malformed
            object if it cannot.

    Raises:
        QuestionFileError: if the file cannot be read, has no questions or an id twice, or a
            line is malformed; the message names the line.

    """
    questions: dict[str, T] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            made = question(json.loads(line))
            if made.question_id in questions:
                raise ValueError(f"an earlier line has the id {made.question_id!r} too")
        except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as error:
            what = f"no field {error}" if isinstance(error, KeyError) else str(error)
            raise QuestionFileError(f"{path}, line {number}: {what}; fix the line") from error
        questions[made.question_id] = made
    if not questions:
        raise QuestionFileError(f"{path}: has no questions; add one JSON object per line")
    return tuple(questions.values())


def text_of(value: object, field: str) -> str:
    """Return the value of a field if it is text with something in it.

    Raises:
        ValueError: if it is not.

    """
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field} is not text")
    return value


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(
            f"{path}: cannot be read ({error}); name a UTF-8 file with one question per line"
        ) from error
