"""Check a question and turn it into the query to search for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.asking.courtesy import without_courtesy
from answer.errors import QuestionError
from answer.notices.small_talk import is_small_talk
from answer.notices.spelling import fold
from index.query import query_turns, visible

MAX_CHARS = 4000
"""Longest question answered: a case history of one page and a question about it. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched for."""

    asked: str
    """The question as typed, without control characters and surplus white space."""
    turns: tuple[str, ...]
    """The earlier questions that it depends on, oldest first, and the question, corrected and
    without courtesies."""

    @property
    def text(self) -> str:
        """What is searched for."""
        return " ".join(self.turns)


def understand(
    question: str,
    history: Sequence[str] = (),
    correct: Callable[[str], str] | None = None,
) -> Query:
    """Check a question and prepend the earlier questions that it depends on.

    Args:
        question: as typed.
        history: earlier questions of the conversation, oldest first.
        correct: corrects the spelling of what is searched for.

    Raises:
        QuestionError: if it is empty, longer than ``MAX_CHARS``, or has no letter or digit.

    """
    asked = visible(question)
    if not asked:
        raise QuestionError("the question is empty; type a question")
    if len(asked) > MAX_CHARS:
        raise QuestionError(
            f"the question has {len(asked)} characters, at most {MAX_CHARS} are allowed; "
            "ask one thing in a sentence or two"
        )
    if not any(character.isalnum() for character in asked):
        raise QuestionError("the question has no letter or digit; ask in words")
    earlier = [without_courtesy(one) for one in history if not is_small_talk(fold(one))]
    turns = query_turns(without_courtesy(asked), earlier)
    return Query(asked, tuple(map(correct, turns) if correct else turns))
