"""Every request as it is counted and logged: by its route, never by what it holds."""

from __future__ import annotations

import time
from collections.abc import Callable
from secrets import token_hex

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.watching.logs import REQUEST, tell
from ui.watching.metrics import Metrics

ID_BYTES = 8
HEADER = "X-Request-ID"
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")
SWITCHED, FORBIDDEN, FAILED = 101, 403, 500


class Requests:
    """Middleware that gives each request an id, and counts and logs how it ended.

    Args:
        app: answers.
        metrics: counts.
        template: returns the template of a path, one of a fixed set.

    """

    def __init__(self, app: ASGIApp, metrics: Metrics, template: Callable[[str], str]) -> None:
        self.app, self._metrics, self._template = app, metrics, template

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, with its id in the header."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        began, number, status = time.perf_counter(), token_hex(ID_BYTES), FAILED
        REQUEST.set(number)

        async def send_with_id(message: Message) -> None:
            nonlocal status
            status = _status(message, status)
            if message["type"] in ("http.response.start", "websocket.accept"):
                message.setdefault("headers", [])
                MutableHeaders(scope=message)[HEADER] = number
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            route = self._template(scope["path"])
            method = scope.get("method", "GET")
            method = method if method in METHODS else "other"
            self._metrics.requested(method, route, status)
            ms = round(1000 * (time.perf_counter() - began), 1)
            tell("request", method=method, route=route, status=status, ms=ms)


def _status(message: Message, before: int) -> int:
    """Return the status of a response after one more message of it."""
    kind = message["type"]
    if kind == "http.response.start":
        return int(message["status"])
    if kind == "websocket.accept":
        return SWITCHED
    if kind == "websocket.close" and before != SWITCHED:
        return FORBIDDEN
    return before
