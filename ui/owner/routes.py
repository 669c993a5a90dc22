"""The library page and what it asks for: nothing is told or done without a session's token."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import anyio
from anyio import to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ui.assets import ASSETS
from ui.failures import told
from ui.owner.access import Access
from ui.owner.desk import Desk
from ui.owner.errors import RefusedError
from ui.owner.job import EXPECTED, FAILED
from ui.owner.pages import page_html

OWNER = ASSETS / "owner"
SCRIPTS = ("start.js", "server.js", "drop.js", "job.js", "documents.js", "facts.js", "make.js")
FILES = {
    **{name: (OWNER / name, "text/javascript") for name in SCRIPTS},
    "page.css": (OWNER / "page.css", "text/css"),
    "icon.svg": (ASSETS / "icon.svg", "image/svg+xml"),
    "serif.woff2": (ASSETS / "serif.woff2", "font/woff2"),
}
MAX_BODY = 64 * 1024
"""Bytes of a request in JSON: the facts of a document with a hundred authors have 10,000."""
NOT_STORED = {"Cache-Control": "no-store"}

Endpoint = Callable[[Request], Awaitable[Response]]
Answer = Callable[[Request], Awaitable[Mapping[str, Any]]]

logger = logging.getLogger(__name__)


def owner_routes(access: Access, desk: Desk, seconds: float) -> list[Route]:
    """Return the routes of ``/owner`` and of everything under it.

    Args:
        access: lets the owner in.
        desk: answers for the library.
        seconds: that a request in JSON may take to arrive.

    """
    door = _Door(access, seconds)
    posted: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
        "/owner/facts": desk.describe,
        "/owner/job": desk.begin,
        "/owner/job/stop": lambda wanted: desk.stop(),
    }
    asked: Mapping[str, Callable[[Request], Mapping[str, Any]]] = {
        "/owner/library": lambda request: desk.library(),
        "/owner/documents/{doc_id}": lambda request: desk.left_out(
            request.path_params["doc_id"], is_whole=request.query_params.get("all") == "1"
        ),
        "/owner/job": lambda request: desk.job(),
    }

    async def receive(request: Request) -> Mapping[str, Any]:
        known = request.query_params
        parts = aiter(request.stream())
        return await desk.receive(known.get("batch", ""), known.get("name", ""), parts)

    return [
        Route("/owner", door.page),
        *(Route(f"/owner/{name}", _static(*file)) for name, file in FILES.items()),
        Route("/owner/session", _told(door.enter), methods=["POST"]),
        Route("/owner/session/end", _told(door.let_in(door.leave)), methods=["POST"]),
        Route("/owner/files", _told(door.let_in(receive)), methods=["POST"]),
        *(
            Route(path, _told(door.let_in(_got(get))), methods=["GET"])
            for path, get in asked.items()
        ),
        *(
            Route(path, _told(door.let_in(door.sent(post))), methods=["POST"])
            for path, post in posted.items()
        ),
    ]


class _Door:
    """The page itself, and whom it lets in to what."""

    def __init__(self, access: Access, seconds: float) -> None:
        self._access, self._seconds = access, seconds

    async def page(self, request: Request) -> Response:
        return HTMLResponse(page_html(is_on=self._access.is_on), headers=NOT_STORED)

    async def enter(self, request: Request) -> Mapping[str, Any]:
        wanted = await _json(request, self._seconds)
        return {"session": self._access.enter(str(wanted.get("secret", "")), _address(request))}

    async def leave(self, request: Request) -> Mapping[str, Any]:
        self._access.leave(request.headers.get("authorization", ""))
        return {}

    def let_in(self, answer: Answer) -> Answer:
        async def checked(request: Request) -> Mapping[str, Any]:
            self._access.check(request.headers.get("authorization", ""), _address(request))
            return await answer(request)

        return checked

    def sent(self, post: Callable[[Mapping[str, Any]], Mapping[str, Any]]) -> Answer:
        async def answer(request: Request) -> Mapping[str, Any]:
            return await to_thread.run_sync(post, await _json(request, self._seconds))

        return answer


def _got(get: Callable[[Request], Mapping[str, Any]]) -> Answer:
    async def answer(request: Request) -> Mapping[str, Any]:
        return await to_thread.run_sync(get, request)

    return answer


def _told(answer: Answer) -> Endpoint:
    """Return an endpoint that tells the page what was answered, or why nothing was done."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await answer(request), headers=NOT_STORED)
        except RefusedError as refused:
            return _refusal(refused)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is left to read it
        except EXPECTED as error:
            return _refusal(RefusedError(409, str(error).partition("\n")[0]))
        except Exception as error:  # noqa: BLE001
            logger.error("the library page was not answered: %s", told(error))
            return _refusal(RefusedError(500, FAILED))

    return endpoint


def _refusal(refused: RefusedError) -> Response:
    headers = dict(NOT_STORED)
    if refused.retry_seconds:
        headers["Retry-After"] = str(refused.retry_seconds)
    if refused.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"problem": refused.message}, refused.status, headers)


async def _json(request: Request, seconds: float) -> Mapping[str, Any]:
    """Return the object that a request holds.

    Raises:
        RefusedError: if it holds something else, is too large, or takes too long to arrive.
        ClientDisconnect: if the client left before all of it had come.

    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(415, "Send JSON: set the header Content-Type: application/json.")
    body = b""
    try:
        with anyio.fail_after(seconds):
            async for part in request.stream():
                body += part
                if len(body) > MAX_BODY:
                    raise RefusedError(413, "This is too long. Shorten it.")
    except TimeoutError:
        raise RefusedError(408, "This came too slowly. Try again.") from None
    try:
        wanted = json.loads(body)
    except (ValueError, RecursionError):
        wanted = None
    if not isinstance(wanted, dict):
        raise RefusedError(422, "The body must be a JSON object.")
    return wanted


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _static(path: Path, kind: str) -> Endpoint:
    content = path.read_bytes()
    headers = {
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "Cache-Control": "no-cache",
        "Cross-Origin-Resource-Policy": "same-origin",
    }

    async def serve(request: Request) -> Response:
        if headers["ETag"] in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=kind)

    return serve
