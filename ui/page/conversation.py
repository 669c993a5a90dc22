"""One visitor's questions and what came of each."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answer.errors import QuestionError
from answer.quotes import Answer
from ui.html.cards import View, answer_html
from ui.html.verbatim import verbatim

if TYPE_CHECKING:
    from answer.pipeline import Answerer

SHOWN = 10
"""Turns on the page: each run of the page sends them all again."""

BROKEN = (
    "Something went wrong here, so this question was not answered. "
    "That does not mean that there is no answer. Please ask it again."
)

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
        """What the page calls it."""
        return f"turn-{self.number}"


def take_turn(answerer: Answerer, question: str, turns: Sequence[Turn]) -> Turn:
    """Ask a question that may lean on the earlier ones; a failure becomes part of the turn.

    The log gets the failure, never the question.
    """
    number = turns[-1].number + 1 if turns else 1
    history = [turn.question for turn in turns]
    try:
        return Turn(number, question, answerer.answer(question, history))
    except QuestionError as error:
        return Turn(number, question, None, str(error))
    except Exception:
        logger.exception("a question could not be answered")
    return Turn(number, question, None, BROKEN)


def turn_html(turn: Turn, view: View, *, is_newest: bool, after: str = "") -> str:
    """Return a question with its answer as one section of the page; ``after`` is HTML below it."""
    name = turn.name
    newest = " qw-newest" if is_newest else ""
    return (
        f'<section class="qw-turn{newest}" id="{name}" aria-labelledby="{name}-question">'
        f'<h2 class="qw-question" id="{name}-question">{verbatim(turn.question)}</h2>'
        f"{_outcome_html(turn, view, name)}{after}</section>"
    )


def earlier_html(turns: Sequence[Turn]) -> str:
    """Return the closed list of the questions before those shown; empty if all are shown."""
    earlier = turns[:-SHOWN]
    if not earlier:
        return ""
    buttons = "".join(
        f'<li><button class="qw-file" type="button" data-ask="{verbatim(turn.question)}">'
        f"{verbatim(turn.question)}</button></li>"
        for turn in earlier
    )
    return (
        f'<details class="qw-earlier"><summary>Earlier questions: {len(earlier)}</summary>'
        f"<ol>{buttons}</ol></details>"
    )


def announcement(turn: Turn) -> str:
    """Say in one sentence what came of a question, for those who cannot see it appear."""
    if turn.answer is None:
        return f"Question {turn.number}: {turn.problem}"
    if not turn.answer.is_found:
        return f"Question {turn.number}: The documents do not answer this."
    count = len(turn.answer.citations)
    return f"Question {turn.number}: {count} {'quote' if count == 1 else 'quotes'} found."


def _outcome_html(turn: Turn, view: View, name: str) -> str:
    if turn.answer is not None:
        return answer_html(turn.answer, view, name)
    return f'<div class="qw-problem"><p>{verbatim(turn.problem)}</p>{_again_html(turn)}</div>'


def _again_html(turn: Turn) -> str:
    """Return a button that asks again; asking anew what was refused would change nothing."""
    if turn.problem != BROKEN:
        return ""
    return (
        f'<button class="qw-file" type="button" data-ask="{verbatim(turn.question)}">'
        "Ask it again</button>"
    )
