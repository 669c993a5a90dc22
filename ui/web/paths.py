"""The addresses that are served: ours, and those of Streamlit that its page needs; no others.

Streamlit answers any address with its page, tells everyone its metrics, and has endpoints for
uploads, signing in, components and agents: none of them is of use here.
"""

from __future__ import annotations

import re

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.gone import GONE

PAGES = ("", "ask", "sources", "about", "sheet", "quiz")
"""The pages of ``ui/page/app.py``."""
OURS = ("api", "documents", "embed", "embed.js", "healthz", "owner", "readyz")
"""What ``ui.web.server`` serves, by the first part of the path."""
STREAMLITS = (
    *("favicon.png", "static", "media"),
    *("_stcore/health", "_stcore/host-config", "_stcore/stream"),
)
"""What Streamlit's page loads, by the beginning of the path."""
POLICY_VIOLATION = 1008
TEMPLATES = (
    *(f"/{name}" for name in PAGES),
    *("/api/ask", "/api/openapi.json"),
    *("/api/documents/{document}/marks", "/api/documents/{document}/pages/{page}"),
    *("/documents/{document}", "/embed", "/embed.js", "/embed/{file}", "/healthz", "/readyz"),
    *("/owner", "/owner/{file}", "/owner/session/end", "/owner/documents/{document}"),
    *("/owner/job/stop", "/favicon.png", "/static/{file}", "/static/{folder}/{file}"),
    *("/media/{file}", "/_stcore/{file}"),
)
"""What a request is counted and logged as: the whole list, so that nothing typed gets into it."""
OTHER = "other"


class KnownPaths:
    """Middleware that answers every address that is not served with 404."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request as the application does, if there is something at its address."""
        if scope["type"] == "lifespan" or is_served(scope["path"]):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await HTMLResponse(GONE, status_code=404)(scope, receive, send)


def is_served(path: str) -> bool:
    """Whether there is something at a path, which begins with a slash."""
    inside = path[1:]
    if inside in PAGES or inside.removesuffix("/") in PAGES[1:]:
        return True
    if inside.partition("/")[0] in OURS:
        return True
    return any(inside == one or inside.startswith(f"{one}/") for one in STREAMLITS)


def template(path: str) -> str:
    """Return what a path is counted as: one of ``TEMPLATES``, or ``OTHER``."""
    bare = path[:-1] if path.endswith("/") and len(path) > 1 else path
    if not is_served(path):
        return OTHER
    return next((one for one, fits in _FITS if fits.fullmatch(bare)), OTHER)


def _pattern(of: str) -> re.Pattern[str]:
    return re.compile(
        "".join(
            "[^/]+" if part[:1] == "{" else re.escape(part) for part in re.split(r"(\{\w+\})", of)
        )
    )


_FITS = [(one, _pattern(one)) for one in TEMPLATES]
