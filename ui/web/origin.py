"""Only our own page may open the chat page's WebSocket; pages of other sites are refused.

Streamlit would look up this machine's public address, at another site, for every origin that it
does not know: nothing should leave the machine, and every visitor would wait for it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

TRUSTED = "http://localhost"
"""An origin that Streamlit accepts without asking anybody."""
POLICY_VIOLATION = 1008


class SameOrigin:
    """Middleware that refuses WebSockets of other sites and vouches for our own to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, unless it is another site's WebSocket."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None:  # not a browser
            await self.app(scope, receive, send)
        elif is_own(origin, headers.get("host", "")):
            trusted = {**scope, "headers": list(scope["headers"])}
            MutableHeaders(scope=trusted)["Origin"] = TRUSTED
            await self.app(trusted, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})


def is_own(origin: str, host: str) -> bool:
    """Whether a page of ``origin`` came from ``host``, the address that the browser asked."""
    try:
        site = urlsplit(origin)
        return site.scheme in ("http", "https") and site.netloc.lower() == host.lower() != ""
    except ValueError:
        return False
