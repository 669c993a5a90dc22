"""A visitor's question and its outcome."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from answer.errors import QuestionError
from answer.quotes import Answer
from ui.failures import BROKEN, log_failure
from ui.queue import BusyError

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


class Answers(Protocol):
    """Whatever answers a question."""

    def answer(self, question: str, history: Sequence[str]) -> Answer:
        """Answer a question that may depend on the earlier ones."""


def take_turn(
    answerer: Answers, question: str, turns: Sequence[Turn], *, alone: bool = False
) -> Turn:
    """Ask a question that may depend on the earlier ones; a failure becomes part of the turn.

    The log says where it failed, never what was asked. A question asked ``alone`` is read without
    the earlier ones.
    """
    number = turns[-1].number + 1 if turns else 1
    history = [] if alone else [turn.question for turn in turns]
    try:
        return Turn(number, question, answerer.answer(question, history))
    except (QuestionError, BusyError) as error:
        return Turn(number, question, None, str(error))
    except Exception as error:  # noqa: BLE001
        log_failure(logger, error)
    return Turn(number, question, None, BROKEN)
