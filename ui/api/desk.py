"""Answer programs' questions: a few at a time, each with a record or a refusal.

No question gets into a log or a message of ours.
"""

from __future__ import annotations

import logging
from datetime import date
from typing import TYPE_CHECKING

import anyio
from anyio import to_thread

from answer.errors import QuestionError
from ui.api.problems import RefusedError, refusal, sentence
from ui.api.records import answer_record
from ui.api.request import AskRequest
from ui.api.schema import Answer
from ui.facts import AUDIENCES
from ui.failures import BROKEN, log_failure
from ui.queue import BusyError, QuestionQueue
from ui.serving.holder import Serving

if TYPE_CHECKING:
    from answer.pipeline import Answerer

FIRST = "What is this about?"
"""Asked before anybody is served; the answer is thrown away."""

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


class Desk:
    """Answers questions in a few threads, so that none keeps the server from serving others.

    Args:
        serving: has the answerer that answers them.
        queue: that they pass through, together with those of the page.

    """

    def __init__(self, serving: Serving, queue: QuestionQueue) -> None:
        self._serving, self._queue = serving, queue
        self._threads = anyio.CapacityLimiter(queue.places)

    async def answer(self, request: AskRequest, client: str = "") -> Answer:
        """Answer a request of a client, by its address, in a thread of its own.

        Raises:
            RefusedError: as ``answered`` does, if it would wait too long, or if the client asks
                too often.

        """
        try:
            with self._queue.place(client):
                return await to_thread.run_sync(self._in_turn, request, limiter=self._threads)
        except BusyError as busy:
            raise refusal(busy) from None

    def _in_turn(self, request: AskRequest) -> Answer:
        with self._queue.turn():
            return answered(self._serving.answerer, request)
