"""The JSON interface: a question in, quotes out, and problem documents when that cannot be.

No question gets into a log: not in a line of access, and not in a failure's message.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Mapping
from datetime import date
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

import anyio
from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from answer.errors import QuestionError
from answer.schema import Json
from ui.api.evidence import Library, answer_json
from ui.api.openapi import description
from ui.api.request import Asked, RefusedError, read_asked
from ui.page.conversation import BROKEN

if TYPE_CHECKING:
    from answer.pipeline import Answerer

WORKERS = max(2, os.cpu_count() or 1)
"""Questions answered at the same time; the others wait."""
WAITING = 200
"""Questions that may wait: beyond that a visitor is better told at once than kept."""
SECONDS_A_DAY = 86_400

BUSY = "Too many questions are being answered just now. Please ask again in a few seconds."

logger = logging.getLogger(__name__)


class Desk:
    """Answers questions in a few threads, so that none keeps the server from serving others."""

    def __init__(self, answerer: Answerer, workers: int = WORKERS, waiting: int = WAITING) -> None:
        self.answerer, self.waiting = answerer, waiting
        self._limiter = anyio.CapacityLimiter(workers)

    async def answer(self, asked: Asked) -> Json:
        """Answer a question in a thread of its own.

        Raises:
            RefusedError: if it cannot be asked, too many others wait, or answering it fails.

        """
        if self._limiter.statistics().tasks_waiting >= self.waiting:
            raise RefusedError(503, "busy", BUSY, {"Retry-After": "3"})
        return await to_thread.run_sync(partial(self._answer, asked), limiter=self._limiter)

    def _answer(self, asked: Asked) -> Json:
        library = Library(self.answerer.documents, self.answerer.sources)
        try:
            answer = self.answerer.answer(asked.question, asked.history, asked.documents)
            return answer_json(answer, library, asked.audience, date.today())
        except QuestionError as error:
            raise RefusedError(422, "question", _sentence(str(error))) from error
        except Exception as error:
            # The message may hold the question, the places in the code cannot.
            places = "".join(traceback.format_tb(error.__traceback__))
            logger.error("a question could not be answered: %s\n%s", type(error).__name__, places)
            raise RefusedError(500, "failed", BROKEN) from error


def make_api(answerer: Answerer) -> Starlette:
    """Return the application to mount at ``/api``; pages of any site may call it."""
    desk = Desk(answerer)

    async def ask(request: Request) -> Response:
        try:
            answer = await desk.answer(await read_asked(request))
        except RefusedError as refused:
            return problem(refused.status, refused.code, refused.detail, refused.headers)
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def openapi(request: Request) -> Response:
        return JSONResponse(description(), headers={"Cache-Control": "public, max-age=300"})

    return Starlette(
        routes=[
            Route("/ask", ask, methods=["POST"]),
            Route("/openapi.json", openapi, methods=["GET"]),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type"],
                max_age=SECONDS_A_DAY,
            )
        ],
        exception_handlers={HTTPException: _http_problem},
    )


def problem(
    status: int, code: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a problem document of RFC 9457; ``code`` tells problems of one status apart."""
    record = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return JSONResponse(
        record,
        status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type="application/problem+json",
    )


async def _http_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        detail = "Ask with POST /api/ask, read the description with GET /api/openapi.json."
    else:
        detail = "There is POST /api/ask and GET /api/openapi.json, and nothing else here."
    return problem(status, status.name.lower(), detail, error.headers)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
