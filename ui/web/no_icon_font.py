"""Keep Streamlit from loading its icon font (375 kB), which the page does not use.

Streamlit fetches its icons as soon as its page opens, used or not. With this they are fetched only
when an element uses them, like any font.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SCRIPT = (
    b"<head><script>(() => { const load = document.fonts.load.bind(document.fonts); "
    b'document.fonts.load = (font, ...text) => font.includes("Material Symbols") '
    b"? Promise.resolve([]) : load(font, ...text); })();</script>"
)


class NoIconFont:
    """Middleware that adds ``SCRIPT`` to Streamlit's page and leaves everything else alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, with ``SCRIPT`` in the page."""
        if scope["type"] != "http" or scope["path"].startswith(("/api/", "/embed", "/static/")):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def send_with_script(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                held.append(message)
            elif held:
                held.append(message)
                if not message.get("more_body", False):
                    for changed in _with_script(held):
                        await send(changed)
            else:
                await send(message)

        await self.app(scope, receive, send_with_script)


def _is_page(message: Message) -> bool:
    headers = Headers(raw=message["headers"])
    is_html = headers.get("content-type", "").startswith("text/html")
    return message["status"] == 200 and is_html and "content-encoding" not in headers


def _with_script(messages: list[Message]) -> tuple[Message, Message]:
    start = {**messages[0], "headers": list(messages[0]["headers"])}
    body = b"".join(message.get("body", b"") for message in messages[1:])
    body = body.replace(b"<head>", SCRIPT, 1)
    MutableHeaders(scope=start)["Content-Length"] = str(len(body))
    return start, {"type": "http.response.body", "body": body}
