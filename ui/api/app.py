"""The JSON interface: a question in, quotes out, or a problem document if that is impossible.

No question gets into a log: neither into an access log nor into a failure's message.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ui.api.desk import Desk
from ui.api.openapi import description
from ui.api.pages import page_routes
from ui.api.problems import RefusedError, problem_response
from ui.api.request import read_request
from ui.facts import example, suggested

if TYPE_CHECKING:
    from ui.api.crew import Crew
    from ui.queue import QuestionQueue
    from ui.serving.holder import Serving

SECONDS_A_DAY = 86_400


def make_api(
    serving: Serving, queue: QuestionQueue, crew: Crew | None = None, callers: str | None = None
) -> Starlette:
    """Return the application to mount at ``/api``.

    Args:
        serving: what is answered from.
        queue: in which questions wait.
        crew: processes that answer; this one if None.
        callers: a pattern of the origins of other sites whose pages may ask; any if None.

    """
    desk = Desk(serving, queue, crew)
    described = serving.made_of(lambda answerer: description(example(suggested(answerer))))

    async def ask(request: Request) -> Response:
        try:
            asked = await read_request(request, queue.limits.request_seconds)
            reply = await desk.answer(asked, request.client.host if request.client else "")
        except RefusedError as refused:
            return problem_response(refused)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it
        headers = {"Cache-Control": "no-store"}
        return Response(reply.body, headers=headers, media_type="application/json")

    async def openapi(request: Request) -> Response:
        return JSONResponse(described(), headers={"Cache-Control": "public, max-age=300"})

    return Starlette(
        routes=[
            Route("/ask", ask, methods=["POST"]),
            Route("/openapi.json", openapi, methods=["GET"]),
            *page_routes(serving, queue.limits),
        ],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"] if callers is None else (),
                allow_origin_regex=callers,
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type"],
                expose_headers=["Retry-After", "ETag", "X-Request-ID"],
                max_age=SECONDS_A_DAY,
            )
        ],
        exception_handlers={HTTPException: _http_problem},
    )


async def _http_problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        detail = "Use POST for /api/ask, and GET for everything else: see /api/openapi.json."
    else:
        detail = "There is nothing here: /api/openapi.json says what there is."
    return problem_response(RefusedError(status, status.name.lower(), detail, error.headers))
