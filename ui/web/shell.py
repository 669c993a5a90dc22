"""Our part of Streamlit's page: what must be there before Streamlit's scripts and socket are.

With the styles in the page nothing moves when they arrive. Our scripts come first of all: they
also tell Streamlit not to fetch its icon font (375 kB), which the page does not use, and to
leave it to us to say that the connection is lost.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.assets import ASSETS

SCRIPTS = (
    "sheet.js",
    "visit.js",
    "connection.js",
    "reading.js",
    "pageview.js",
    "viewer.js",
    "keys.js",
    "within.js",
)
STYLES = (
    "page.css",
    "tables.css",
    "first.css",
    "visit.css",
    "take_along.css",
    "beside.css",
    "pages.css",
    "viewer.css",
    "pageview.css",
    "keys.css",
    "within.css",
    "sheet.css",
    "cautions.css",
)

FONT = '<link rel="preload" href="./embed/serif.woff2" as="font" type="font/woff2" crossorigin>'


def _texts(names: tuple[str, ...]) -> str:
    return "".join((ASSETS / name).read_text(encoding="utf-8") for name in names)


PARTS = {
    "<title>Streamlit</title>": "<title>Quotewell</title>",
    "<head>": f"<head><script>{_texts(SCRIPTS)}</script>{FONT}",
    # In the body: styles of the same weight that Streamlit adds to the head must not undo them.
    "<body>": f'<body><style>{_texts(STYLES)}</style><div id="qw-lost" role="alert"></div>',
}
"""What is replaced in Streamlit's page, and by what."""
OTHERS = ("/api/", "/documents/", "/embed", "/owner", "/static/", "/media/", "/_stcore/")
"""Addresses, by their beginning, that are not of a page."""
NOT_ASKED = ("accept-encoding", "if-none-match", "if-modified-since", "range")
"""What Streamlit is not told of a request for a page: it would compress it by itself, or say that
its own part has not changed."""


class Shell:
    """Middleware that replaces ``PARTS`` of Streamlit's page and leaves everything else alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, with our part in the page."""
        if scope["type"] != "http" or scope["path"].startswith(OTHERS):
            await self.app(scope, receive, send)
            return
        asked = [one for one in scope["headers"] if one[0].decode() not in NOT_ASKED]
        held: list[Message] = []

        async def send_with_parts(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
            elif held:
                held.append(message)
                if not message.get("more_body", False):
                    for changed in _with_parts(held):
                        await send(changed)
            else:
                await send(message)

        await self.app({**scope, "headers": asked}, receive, send_with_parts)


def _is_page(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return message["status"] == 200 and is_html


def _with_parts(messages: list[Message]) -> tuple[Message, Message]:
    start = {**messages[0], "headers": list(messages[0]["headers"])}
    body = b"".join(message.get("body", b"") for message in messages[1:])
    for theirs, ours in PARTS.items():
        body = body.replace(theirs.encode(), ours.encode(), 1)
    headers = MutableHeaders(scope=start)
    headers["Content-Length"] = str(len(body))
    for of_theirs in ("ETag", "Last-Modified", "Accept-Ranges"):
        del headers[of_theirs]
    return start, {"type": "http.response.body", "body": body}
