"""A visitor's question and its outcome."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from answer.asking.filter import Filter
from answer.errors import QuestionError
from answer.quotes import Answer
from corpus.sources import Source
from index.query import visible
from ingest.document import Document
from ui.errors import BusyError
from ui.failures import BROKEN, log_failure

logger = logging.getLogger(__name__)
T = TypeVar("T")

GOES_ON, ALONE = "q", "alone"
"""How a question was asked, as an address has it: in its conversation, or on its own."""
WITHIN = " in "
"""Goes between that and what was searched, if that was not everything: ``q in kind=review``."""
Asked = tuple[str, str]
"""How a question was asked, and the question."""


@dataclass(frozen=True, slots=True)
class Over(Mapping[str, T]):
    """One mapping laid over another, without copying either."""

    some: Mapping[str, T]
    others: Mapping[str, T]

    def __getitem__(self, key: str) -> T:
        """Return the value of a key."""
        return self.some[key] if key in self.some else self.others[key]

    def __iter__(self) -> Iterator[str]:
        """Yield the keys, those of ``others`` last."""
        yield from self.some
        yield from (key for key in self.others if key not in self.some)

    def __len__(self) -> int:
        """Return the number of keys."""
        return len(self.others) + sum(key not in self.others for key in self.some)


@dataclass(frozen=True, slots=True)
class Quoted:
    """What an answer quotes, as it was then: a visit outlives a change of the library."""

    documents: Mapping[str, Document] = field(default_factory=dict)
    """By doc_id, as are the sources."""
    sources: Mapping[str, Source] = field(default_factory=dict)

    def changed(self, documents: Mapping[str, Document]) -> tuple[str, ...]:
        """Return the doc_ids of those that are other files in ``documents``, or not there."""
        return tuple(
            doc_id
            for doc_id, document in self.documents.items()
            if doc_id not in documents or documents[doc_id].sha256 != document.sha256
        )


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
    within: str = ""
    """The text of the filter that it was asked with; empty if everything was to be searched."""
    earlier: tuple[Asked, ...] = ()
    """Those that its answer says it was read with, oldest first."""
    quoted: Quoted = Quoted()

    @property
    def name(self) -> str:
        """Its name on the page."""
        return f"turn-{self.number}"

    @property
    def asked(self) -> Asked:
        """What a browser keeps of it, and an address has."""
        return how_asked(self.within, alone=self.alone), self.question


def how_asked(within: str = "", *, alone: bool = False) -> str:
    """Return how a question was asked; ``within`` is the text of its filter."""
    return (ALONE if alone else GOES_ON) + (f"{WITHIN}{within}" if within else "")


def how_read(how: str) -> tuple[bool, str]:
    """Return whether a question was asked on its own, and its filter, from ``how_asked``."""
    kind, _, within = how.partition(WITHIN)
    return kind == ALONE, Filter.read(within).text


ASKED_AGAIN = 12
"""Questions of a restored visit that are asked again: as many as the page or a sheet shows."""


class Answers(Protocol):
    """Whatever answers a question."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """What it answers from, by doc_id."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """Their texts, likewise."""

    def answer(
        self, question: str, history: Sequence[str], documents: Sequence[str] | None
    ) -> Answer:
        """Answer a question that may depend on the earlier ones, from some documents or all."""


def take_turns(answerer: Answers, asked: Sequence[Asked]) -> list[Turn]:
    """Return a visit's turns from its questions; the last ``ASKED_AGAIN`` are asked again.

    Those before them have neither an answer nor a problem.
    """
    turns: list[Turn] = []
    for number, (how, question) in enumerate(asked, start=1):
        alone, within = how_read(how)
        if number <= len(asked) - ASKED_AGAIN:
            turns.append(Turn(number, question, None, alone=alone, within=within))
        else:
            turns.append(take_turn(answerer, question, turns, alone=alone, within=within))
    return turns


def with_answer(answerer: Answers, turns: Sequence[Turn], number: int) -> list[Turn]:
    """Return a visit's turns, the one with a number answered, after those before it, if it was not.

    A number that none of them has changes nothing.
    """
    return [
        take_turn(answerer, turn.question, turns[:at], alone=turn.alone, within=turn.within)
        if turn.number == number and not turn.answer
        else turn
        for at, turn in enumerate(turns)
    ]


def take_turn(
    answerer: Answers,
    question: str,
    turns: Sequence[Turn],
    *,
    alone: bool = False,
    within: str = "",
) -> Turn:
    """Ask a question that may depend on the earlier ones; a failure becomes part of the turn.

    The log says where it failed, never what was asked.

    Args:
        answerer: answers it.
        question: as typed.
        turns: the earlier ones.
        alone: whether it is read without them.
        within: the text of the filter that says what is searched; everything if empty.

    """
    number = turns[-1].number + 1 if turns else 1
    history = [] if alone else [turn.question for turn in turns]
    answer, problem = None, ""
    try:
        documents = Filter.read(within).chosen(answerer.sources.values())
        answer = answerer.answer(question, history, documents)
    except (QuestionError, BusyError) as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001
        log_failure(logger, error)
        problem = BROKEN
    earlier = _earlier(answer, turns) if answer else ()
    quoted = _quoted(answer, answerer) if answer else Quoted()
    return Turn(number, question, answer, problem, alone, within, earlier, quoted)


def _quoted(answer: Answer, answerer: Answers) -> Quoted:
    doc_ids = dict.fromkeys(one.doc_id for one in (*answer.citations, *answer.related))
    return Quoted(
        {doc_id: answerer.documents[doc_id] for doc_id in doc_ids},
        {doc_id: answerer.sources[doc_id] for doc_id in doc_ids},
    )


def _earlier(answer: Answer, turns: Sequence[Turn]) -> tuple[Asked, ...]:
    """Return the questions that one was read with; of a message in parts, it can be with a part."""
    known = {visible(turn.question): how for turn in turns for how, _ in [turn.asked]}
    return tuple((known.get(words, how_asked()), words) for words in answer.read_as[:-1])
