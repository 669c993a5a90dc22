"""Only our own pages may open the chat page's WebSocket, or ask for what is the owner's.

Streamlit would look up this machine's public address, at another site, for every origin that it
does not know: nothing should leave the machine, and every visitor would wait for it.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

TRUSTED = "http://localhost"
"""An origin that Streamlit accepts without asking anybody."""
POLICY_VIOLATION = 1008
NOT_YOURS = "Only the library page itself may ask for this.\n"


class SameOrigin:
    """Middleware that refuses what other sites must not reach, and vouches for us to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, unless it is another site's and must not be."""
        if scope["type"] != "websocket":
            refused = scope["type"] == "http" and _is_others_for_owner(scope)
            app = PlainTextResponse(NOT_YOURS, 403) if refused else self.app
            await app(scope, receive, send)
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


def _is_others_for_owner(scope: Scope) -> bool:
    """Whether a page of another site asks for something under the library page's address."""
    if not scope["path"].startswith("/owner/"):
        return False
    headers = Headers(scope=scope)
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
    is_other = origin is not None and not is_own(origin, headers.get("host", ""))
    return is_other or site not in ("same-origin", "none")


def is_own(origin: str, host: str) -> bool:
    """Whether a page of ``origin`` came from ``host``, the address that the browser asked."""
    try:
        site = urlsplit(origin)
        return site.scheme in ("http", "https") and site.netloc.lower() == host.lower() != ""
    except ValueError:
        return False
