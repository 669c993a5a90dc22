"""The chat page's scripts and styles, compressed once and not for every visitor."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEVEL = 6
"""Streamlit sends its scripts as they are, 2.8 MB per visit; compressed they are 1.1 MB."""
FOLDER = "/static/"
MOST = 1000
"""Files kept compressed; Streamlit has fewer."""


class Compression:
    """Middleware that compresses whatever is worth it, and keeps what never changes."""

    def __init__(self, app: ASGIApp) -> None:
        self._compressing = GZipMiddleware(app, compresslevel=LEVEL)
        self._kept: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, compressed where the browser can read it."""
        if not _is_plain_file_request(scope):
            await self._compressing(scope, receive, send)
            return
        path = scope["path"]
        if path not in self._kept:
            messages: list[Message] = []

            async def send_and_keep(message: Message) -> None:
                messages.append(_copy(message))
                await send(message)

            await self._compressing(scope, receive, send_and_keep)
            if len(self._kept) < MOST and _never_changes(messages):
                self._kept[path] = messages
            return
        for message in self._kept[path]:
            await send(_copy(message))


def _is_plain_file_request(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    headers = Headers(scope=scope)
    asks_for_part = "range" in headers or "if-none-match" in headers
    accepts = "gzip" in headers.get("accept-encoding", "")
    return bool(scope["path"].startswith(FOLDER)) and accepts and not asks_for_part


def _never_changes(messages: list[Message]) -> bool:
    """Whether this is a whole file whose name changes with its content, compressed."""
    start = messages[0]
    if start["type"] != "http.response.start" or start["status"] != 200:
        return False
    headers = Headers(raw=start["headers"])
    is_whole = not messages[-1].get("more_body", False)
    return (
        is_whole
        and headers.get("content-encoding") == "gzip"
        and "immutable" in headers.get("cache-control", "")
    )


def _copy(message: Message) -> Message:
    """Return the message for one visitor: other middleware adds headers to it."""
    if "headers" in message:
        return {**message, "headers": list(message["headers"])}
    return dict(message)
