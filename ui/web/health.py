"""What tells a machine how a server is: whether it lives, whether it takes questions, and more."""

from __future__ import annotations

import os

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.api.crew import Crew
from ui.queue import QuestionQueue
from ui.serving.holder import Serving
from ui.watching.metrics import State

NOT_STORED = {"Cache-Control": "no-store"}


def health_routes(serving: Serving, queue: QuestionQueue, crew: Crew | None) -> list[Route]:
    """Return the routes of ``/healthz`` and ``/readyz``.

    The first says that the process lives: who gets no answer there should start it anew. The other
    says whether questions should be sent to it: not while it is being stopped.
    """

    async def healthz(request: Request) -> Response:
        record = {"status": "ok", "documents": len(serving.answerer.documents)}
        return JSONResponse(record, headers=NOT_STORED)

    async def readyz(request: Request) -> Response:
        if is_ready(queue, crew):
            return JSONResponse({"status": "ready"}, headers=NOT_STORED)
        status = "stopping" if queue.is_closed else "starting"
        return JSONResponse({"status": status}, 503, headers=NOT_STORED)

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def is_ready(queue: QuestionQueue, crew: Crew | None) -> bool:
    """Whether questions are taken and somebody is there to answer them."""
    return not queue.is_closed and (crew is None or crew.is_ready)


def state(serving: Serving, queue: QuestionQueue, crew: Crew | None, connections: int) -> State:
    """Return how a server is, for its metrics."""
    answerer = serving.answerer
    return State(
        version=answerer.version,
        build=serving.build,
        documents=len(answerer.documents),
        passages=len(answerer.retriever.passages),
        since=serving.since,
        swaps=serving.swaps,
        inside=queue.inside,
        connections=connections,
        is_ready=is_ready(queue, crew),
        restarts=crew.restarts if crew else 0,
        pids=[os.getpid(), *(crew.pids if crew else ())],
    )
