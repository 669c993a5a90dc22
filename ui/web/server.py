"""One process for everything: the chat page, the JSON interface, and what other sites embed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from ui.api.app import make_api
from ui.embed.routes import embedding_routes
from ui.facts import library
from ui.page.opening import open_before_serving
from ui.settings import Places
from ui.web.compression import Compression
from ui.web.headers import Headers
from ui.web.no_icon_font import Lighter
from ui.web.serving import OPTIONS, PAGE, check_free

if TYPE_CHECKING:
    from answer.pipeline import Answerer

EVERY_ADDRESS = ("0.0.0.0", "::")


def make_app(answerer: Answerer, ancestors: str, page: Path = PAGE) -> st.App:
    """Return the application; the chat page opens its own answerer, which is the same one.

    Args:
        answerer: what the JSON interface asks.
        ancestors: the sites that may frame it, as ``headers.frame_ancestors`` returns them.
        page: the script of the chat page.

    """
    return st.App(
        page.resolve(),
        routes=routes(answerer, ancestors),
        middleware=middleware(ancestors),
    )


def middleware(ancestors: str) -> list[Middleware]:
    """Return what every request passes through, the chat page's too."""
    return [
        Middleware(Headers, ancestors=ancestors),
        Middleware(Compression),
        Middleware(Lighter),
    ]


def routes(answerer: Answerer, ancestors: str) -> list[BaseRoute]:
    """Return everything that is served besides the chat page."""

    async def healthz(request: Request) -> Response:
        record = {"status": "ok", "documents": len(answerer.documents)}
        return JSONResponse(record, headers={"Cache-Control": "no-store"})

    return [
        Mount("/api", make_api(answerer)),
        *embedding_routes(ancestors, library(answerer.sources.values())),
        Route("/healthz", healthz),
    ]


def serve_app(places: Places, host: str, port: int, ancestors: str) -> Iterator[str]:
    """Serve the application: yield a line with its address, then run until stopped.

    Raises:
        CommandError: if the port is taken.
        CorpusError, IngestError, PassageIndexError, AnswerError: if the index cannot be opened.

    """
    check_free(host, port)
    os.environ.update(places.to_environment())
    # Whoever stops this command stops the server: being terminated is like Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app = make_app(open_before_serving(), ancestors)
    yield (
        f"Quotewell is at http://{host}:{port}, how to embed it at http://{host}:{port}/embed "
        "(Ctrl-C stops it).\n"
    )
    app.run(config=_config(host, port))


def _config(host: str, port: int) -> dict[str, str | int | bool]:
    """Return Streamlit's settings as values; on a command line they are all text."""
    values = {"true": True, "false": False}
    shown = "localhost" if host in EVERY_ADDRESS else host
    return {
        **{name: values.get(text, text) for name, text in OPTIONS.items()},
        "server.port": port,
        "server.address": host,
        # Without it an unknown origin makes Streamlit ask another site for this machine's address.
        "browser.serverAddress": shown,
    }
