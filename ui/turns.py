"""A visitor's question and its outcome."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answer.errors import QuestionError
from answer.quotes import Answer
from ui.failures import BROKEN, log_failure

if TYPE_CHECKING:
    from answer.pipeline import Answerer

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer, or why there is none."""

    number: int
    """Which question of the conversation it is, from 1."""
    question: str
    answer: Answer | None
    problem: str = ""
    """What to tell the visitor when there is no answer."""

    @property
    def name(self) -> str:
        """Its name on the page."""
        return f"turn-{self.number}"


ASKED_AGAIN = 12
"""Questions of a restored visit that are asked again: as many as the page or a sheet shows."""


def take_turns(answerer: Answerer, questions: Sequence[str]) -> list[Turn]:
    """Return a visit's turns from its questions; the last ``ASKED_AGAIN`` are asked again.

    Those before them have neither an answer nor a problem.
    """
    turns: list[Turn] = []
    for number, question in enumerate(questions, start=1):
        is_listed = number <= len(questions) - ASKED_AGAIN
        turns.append(
            Turn(number, question, None) if is_listed else take_turn(answerer, question, turns)
        )
    return turns


def take_turn(answerer: Answerer, question: str, turns: Sequence[Turn]) -> Turn:
    """Ask a question that may depend on the earlier ones; a failure becomes part of the turn.

    The log says where it failed, never what was asked.
    """
    number = turns[-1].number + 1 if turns else 1
    history = [turn.question for turn in turns]
    try:
        return Turn(number, question, answerer.answer(question, history))
    except QuestionError as error:
        return Turn(number, question, None, str(error))
    except Exception as error:  # noqa: BLE001
        log_failure(logger, error)
    return Turn(number, question, None, BROKEN)
