"""Check a question and turn it into the query to search for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.asking.courtesy import without_courtesy
from answer.asking.ellipsis import with_what_it_continues
from answer.asking.parts import parts_of
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
    said: tuple[str, ...]
    """The earlier questions that it depends on, oldest first, and the question, as typed."""
    turns: tuple[str, ...]
    """The same, corrected and without courtesies."""
    asks: tuple[str, ...]
    """The question, corrected, and before it those that it only continues ("and aspirin?")."""

    @property
    def text(self) -> str:
        """What is searched for."""
        return " ".join(self.turns)

    @property
    def read_as(self) -> tuple[str, ...]:
        """What was said if it depends on earlier questions; empty if it stands alone."""
        return self.said if len(self.said) > 1 else ()


Correct = Callable[[str], str]
"""Corrects the spelling of what is searched for."""


def understand(question: str, history: Sequence[str] = (), correct: Correct | None = None) -> Query:
    """Check a question and prepend the earlier questions that it depends on.

    Args:
        question: as typed; if it is several, they are searched for together.
        history: earlier questions of the conversation, oldest first.
        correct: corrects the spelling.

    Raises:
        QuestionError: if it is empty, longer than ``MAX_CHARS``, or has no letter or digit.

    """
    return _read(_checked(question), history, correct)


def understand_parts(
    question: str, history: Sequence[str] = (), correct: Correct | None = None
) -> tuple[Query, ...]:
    """Check a message and read each question in it, which may depend on those before it.

    Args and errors are those of ``understand``.
    """
    parts = parts_of(_checked(question))
    return tuple(
        _read(part, [*history, *parts[:number]], correct) for number, part in enumerate(parts)
    )


def _checked(question: str) -> str:
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
    return asked


def _read(asked: str, history: Sequence[str], correct: Correct | None) -> Query:
    earlier = [text for text in map(visible, history) if text and not is_small_talk(fold(text))]
    turns = query_turns(without_courtesy(asked), list(map(without_courtesy, earlier)))
    said = (*earlier[len(earlier) + 1 - len(turns) :], asked)
    asks = with_what_it_continues(said)
    if correct is None:
        return Query(asked, said, tuple(turns), asks)
    return Query(asked, said, tuple(map(correct, turns)), tuple(map(correct, asks)))
