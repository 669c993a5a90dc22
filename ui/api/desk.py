"""Answer programs' questions: a few at a time, each with a record or a refusal.

No question gets into a log or a message of ours.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
from anyio import to_thread

from answer.errors import QuestionError
from ui.api.problems import RefusedError, refusal, sentence
from ui.api.records import answer_record
from ui.api.request import AskRequest
from ui.api.schema import Answer
from ui.errors import BusyError
from ui.facts import AUDIENCES
from ui.failures import BROKEN, log_failure
from ui.queue import Outcome, QuestionQueue
from ui.serving.holder import Serving

if TYPE_CHECKING:
    from answer.pipeline import Answerer
    from corpus.sources import Corpus
    from ui.api.crew import Crew
    from ui.settings import Places

FIRST = "What is this about?"
"""Asked before anybody is served; the answer is thrown away."""
SERVERS_FAULT = 500
"""The lowest status that says so."""

logger = logging.getLogger(__name__)


def answered(answerer: Answerer, request: AskRequest) -> Answer:
    """Answer a request with a record.

    Raises:
        RefusedError: if it cannot be asked, or answering it fails; the log says where.

    """
    try:
        documents = request.within.chosen(answerer.sources.values())
        answer = answerer.answer(request.question, request.history or (), documents)
        return answer_record(answer, answerer, request.audience or AUDIENCES[0], date.today())
    except QuestionError as error:
        raise RefusedError(422, "question", sentence(str(error))) from error
    except Exception as error:
        log_failure(logger, error)
        raise RefusedError(500, "failed", BROKEN) from error


def warm_up(answerer: Answerer) -> None:
    """Load what the first question would load: the encoder, and the styles of references."""
    answered(answerer, AskRequest(question=FIRST))


def opened(corpus: Path | Corpus, places: Places, threads: int) -> Answerer:
    """Load the answerer of a library, ready for its first question.

    Args:
        corpus: its folder, or a version of it.
        places: where its index is, and the cluster that finds its passages, if there is one.
        threads: windows that it reads at the same time.

    Raises:
        CorpusError, IngestError, PassageIndexError, BankError, AnswerError: if it cannot be.

    """
    from answer.pipeline import load_answerer  # takes seconds to load

    answerer = load_answerer(corpus, places.index, threads, cluster=places.cluster)
    warm_up(answerer)
    return answerer


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, as it is sent."""

    body: bytes
    """JSON in UTF-8."""
    outcome: Outcome
    timing_ms: Mapping[str, float]

    @classmethod
    def of(cls, answer: Answer) -> Reply:
        """Return an answer as it is sent."""
        outcome: Outcome = "answered" if answer.quotes else "declined"
        return cls(answer.model_dump_json().encode(), outcome, answer.timing_ms)


class Desk:
    """Answers questions in a few threads, so that none keeps the server from serving others.

    Args:
        serving: has the answerer that answers them.
        queue: that they pass through, together with those of the page.
        crew: answers them in processes of its own instead, if there is one.

    """

    def __init__(self, serving: Serving, queue: QuestionQueue, crew: Crew | None = None) -> None:
        self._serving, self._queue, self._crew = serving, queue, crew
        self._threads = anyio.CapacityLimiter(queue.places)

    async def answer(self, request: AskRequest, client: str = "") -> Reply:
        """Answer a request of a client, by its address, in a thread of its own.

        Raises:
            RefusedError: as ``answered`` does, if it would wait too long, or if the client asks
                too often.

        """
        try:
            with self._queue.place(client):
                return await to_thread.run_sync(self._answer, request, limiter=self._threads)
        except BusyError as busy:
            raise refusal(busy) from None

    def _answer(self, request: AskRequest) -> Reply:
        serving = self._serving.answerer
        what = id(serving), request.model_dump_json()
        try:
            reply = self._queue.once(what, lambda: self._in_turn(serving, request))
        except RefusedError as refused:
            if refused.status >= SERVERS_FAULT:
                self._queue.tally.ended("failed", {})
            raise
        self._queue.tally.ended(reply.outcome, reply.timing_ms)
        return reply

    def _in_turn(self, answerer: Answerer, request: AskRequest) -> Reply:
        with self._queue.turn():
            if self._crew:
                return self._crew.answer(request)
            return Reply.of(answered(answerer, request))
