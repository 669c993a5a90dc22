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

GOES_ON, ALONE = "q", "alone"
"""How a question was asked, as an address has it: in its conversation, or on its own."""
Asked = tuple[str, str]
"""How a question was asked, and the question."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer, or why there is none."""

    number: int
    """Which question of the conversation it is, from 1."""
    question: str
    answer: Answer | None
    problem: str = ""
    """What to tell the visitor when there is no answer."""
    alone: bool = False
    """Whether it was asked on its own: read without the earlier ones."""

    @property
    def name(self) -> str:
        """Its name on the page."""
        return f"turn-{self.number}"

    @property
    def asked(self) -> Asked:
        """What a browser keeps of it, and an address has."""
        return (ALONE if self.alone else GOES_ON, self.question)


ASKED_AGAIN = 12
"""Questions of a restored visit that are asked again: as many as the page or a sheet shows."""


class Answers(Protocol):
    """Whatever answers a question."""

    def answer(self, question: str, history: Sequence[str]) -> Answer:
        """Answer a question that may depend on the earlier ones."""


def take_turns(answerer: Answers, asked: Sequence[Asked]) -> list[Turn]:
    """Return a visit's turns from its questions; the last ``ASKED_AGAIN`` are asked again.

    Those before them have neither an answer nor a problem.
    """
    turns: list[Turn] = []
    for number, (kind, question) in enumerate(asked, start=1):
        alone = kind == ALONE
        if number <= len(asked) - ASKED_AGAIN:
            turns.append(Turn(number, question, None, alone=alone))
        else:
            turns.append(take_turn(answerer, question, turns, alone=alone))
    return turns


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
        return Turn(number, question, answerer.answer(question, history), alone=alone)
    except (QuestionError, BusyError) as error:
        return Turn(number, question, None, str(error), alone)
    except Exception as error:  # noqa: BLE001
        log_failure(logger, error)
    return Turn(number, question, None, BROKEN, alone)
