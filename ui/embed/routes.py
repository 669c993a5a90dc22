"""What pages of other sites load: the component's script and the frame, and how to use them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ui.assets import ASSETS
from ui.embed.pages import NAMES, frame_html, help_html
from ui.facts import library, suggested
from ui.serving.holder import Serving

if TYPE_CHECKING:
    from answer.pipeline import Answerer

EMBED = ASSETS / "embed"
FILES = {
    "frame.js": (EMBED / "frame.js", "text/javascript"),
    "help.js": (EMBED / "help.js", "text/javascript"),
    "page.css": (EMBED / "page.css", "text/css"),
    "icon.svg": (ASSETS / "icon.svg", "image/svg+xml"),
    "serif.woff2": (ASSETS / "serif.woff2", "font/woff2"),
}
FRESH_SECONDS = 300
"""How long a browser uses a script without asking for it: a fix reaches every page in minutes."""

PARTS = ("surroundings.js", "cards.js", "tables.js", "pages.js", "component.js")
"""Of the component's script."""

Endpoint = Callable[[Request], Awaitable[Response]]


def embedding_routes(ancestors: str, serving: Serving, *, is_private: bool = False) -> list[Route]:
    """Return the routes of ``/embed.js`` and of everything under ``/embed``.

    Args:
        ancestors: the sites that may frame it, as in the policy.
        serving: has the library, whose facts and suggestions the script holds.
        is_private: whether pages of other sites may not ask.

    """
    questions = serving.made_of(suggested)
    served = serving.made_of(lambda answerer: _static(_script(answerer), "text/javascript"))

    async def embed(request: Request) -> Response:
        known = {name: request.query_params.get(name, "") for name in NAMES}
        if any(known.values()):
            page = frame_html(known)
        else:
            page = help_html(str(request.base_url), ancestors, questions(), is_private=is_private)
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    async def script(request: Request) -> Response:
        return await served()(request)

    files = [
        Route(f"/embed/{name}", _static(path.read_bytes(), kind))
        for name, (path, kind) in FILES.items()
    ]
    return [Route("/embed.js", script), Route("/embed", embed), *files]


def _script(answerer: Answerer) -> bytes:
    known = library(answerer.sources.values())
    return script_text(known, suggested(answerer)).encode()


def script_text(library: str, suggested: Mapping[str, Sequence[str]]) -> str:
    """Return the component as one script, which adds nothing to the page's names except its tag."""
    style = " ".join((EMBED / "style.css").read_text(encoding="utf-8").split())
    known = {"STYLE": style, "LIBRARY": library, "SUGGESTED": suggested}
    named = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    parts = [(EMBED / name).read_text(encoding="utf-8") for name in PARTS]
    return f'"use strict";\n(() => {{\n{named}{"".join(parts)}}})();\n'


def _static(content: bytes, kind: str) -> Endpoint:
    headers = {
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "Cache-Control": f"public, max-age={FRESH_SECONDS}",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }

    async def serve(request: Request) -> Response:
        if headers["ETag"] in request.headers.get("If-None-Match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=kind)

    return serve
