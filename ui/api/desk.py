"""Answer programs' questions: a few at a time, each with a record or a refusal.

No question gets into a log or a message of ours.
"""

from __future__ import annotations

import logging
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import anyio
from anyio import to_thread

from answer.errors import QuestionError
from ui.api.problems import RefusedError
from ui.api.records import answer_record
from ui.api.request import AskRequest
from ui.api.schema import Answer
from ui.facts import AUDIENCES
from ui.failures import BROKEN, log_failure
from ui.process import cores

if TYPE_CHECKING:
    from answer.pipeline import Answerer

WORKERS = max(2, cores())
"""Questions answered at the same time; the others wait."""
WAITING = 200
"""Questions that may wait; past this, refuse at once instead of queueing."""

BUSY = "Too many questions are being answered just now. Please ask again in a few seconds."

logger = logging.getLogger(__name__)


def answered(answerer: Answerer, request: AskRequest) -> Answer:
    """Answer a request with a record.

    Raises:
        RefusedError: if it cannot be asked, or answering it fails; the log says where.

    """
    try:
        answer = answerer.answer(request.question, request.history or (), request.documents or None)
        return answer_record(answer, answerer, request.audience or AUDIENCES[0], date.today())
    except QuestionError as error:
        raise RefusedError(422, "question", _sentence(str(error))) from error
    except Exception as error:
        log_failure(logger, error)
        raise RefusedError(500, "failed", BROKEN) from error


class Desk:
    """Answers questions in a few threads, so that none keeps the server from serving others."""

    def __init__(self, answerer: Answerer, workers: int = WORKERS, waiting: int = WAITING) -> None:
        self.answerer, self.waiting = answerer, waiting
        self._limiter = anyio.CapacityLimiter(workers)

    async def answer(self, request: AskRequest) -> Answer:
        """Answer a request in a thread of its own.

        Raises:
            RefusedError: as ``answered`` does, or if too many others wait.

        """
        if self._limiter.statistics().tasks_waiting >= self.waiting:
            raise RefusedError(503, "busy", BUSY, {"Retry-After": "3"})
        work = partial(answered, self.answerer, request)
        return await to_thread.run_sync(work, limiter=self._limiter)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
