"""One process for everything: the chat page, the JSON interface, and what other sites embed."""

from __future__ import annotations

import errno
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from streamlit import config

from ui.api.app import make_api
from ui.api.desk import warm_up
from ui.embed.routes import embedding_routes
from ui.errors import CommandError
from ui.owner.opening import open_owner
from ui.page.answerer import share
from ui.process import cores
from ui.queue import QuestionQueue
from ui.serving.holder import Serving, keep_out_of_collections, state_of
from ui.settings import Limits, Places
from ui.web.compression import Compression
from ui.web.documents import document_route
from ui.web.headers import Headers
from ui.web.listening import listen
from ui.web.options import streamlit_options
from ui.web.origin import SameOrigin
from ui.web.paths import KnownPaths
from ui.web.shell import Shell

if TYPE_CHECKING:
    from answer.pipeline import Answerer

PAGE = Path(__file__).parents[1] / "page" / "app.py"
"""The script of the chat page."""
WORKERS = max(2, cores())
"""Questions answered at the same time; the others wait."""


def middleware(ancestors: str) -> list[Middleware]:
    """Return what every request passes through, including the chat page's."""
    return [
        Middleware(SameOrigin),
        Middleware(Headers, ancestors=ancestors),
        Middleware(KnownPaths),
        Middleware(Compression),
        Middleware(Shell),
    ]


def routes(serving: Serving, queue: QuestionQueue, ancestors: str) -> list[BaseRoute]:
    """Return everything that is served besides the chat page."""

    async def healthz(request: Request) -> Response:
        record = {"status": "ok", "documents": len(serving.answerer.documents)}
        return JSONResponse(record, headers={"Cache-Control": "no-store"})

    return [
        Mount("/api", make_api(serving, queue)),
        *embedding_routes(ancestors, serving),
        document_route(serving),
        Route("/healthz", healthz),
    ]


def serve_app(places: Places, host: str, port: int, ancestors: str) -> Iterator[str]:
    """Serve the application: yield a line with its address, then run until stopped.

    Args:
        places: what is answered from.
        host: the address to listen on.
        port: likewise.
        ancestors: the sites that may frame it, as ``headers.frame_ancestors`` returns them.

    Raises:
        CommandError: if the port is taken, or a limit in the environment is not a number.
        CorpusError, IngestError, PassageIndexError, BankError, AnswerError: if the index cannot be
            opened.

    """
    check_free(host, port)
    # Treat SIGTERM like Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    limits = Limits.of()
    queue = QuestionQueue(limits, WORKERS)
    serving = Serving(lambda: _loaded(places), lambda: state_of(places))
    share(serving, queue)
    keep_out_of_collections()
    # What the user's own files and environment say about Streamlit is not for this page.
    config.get_config_options(
        force_reparse=True, options_from_flags=dict(streamlit_options(host, port))
    )
    owner = open_owner(places, serving, limits, host, port)
    served = [*routes(serving, queue, ancestors), *owner.routes]
    app = st.App(PAGE, routes=served, middleware=middleware(ancestors))
    yield (
        f"Quotewell is at http://{host}:{port}, how to embed it at http://{host}:{port}/embed "
        "(press Ctrl-C to stop it).\n"
    )
    if line := owner.line:
        yield line
    end_watch = serving.watch()
    try:
        listen(app, host, port, limits)
    finally:
        end_watch()


def _loaded(places: Places) -> Answerer:
    from answer.pipeline import load_answerer  # takes seconds to load

    answerer = load_answerer(places.corpus, places.index, cores(), cluster=places.cluster)
    warm_up(answerer)
    return answerer


def check_free(host: str, port: int) -> None:
    """Check that a server can listen there.

    Raises:
        CommandError: if the port is taken, or the address is not one of this machine's.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if sys.platform != "win32":  # there, this would share a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise CommandError(
                    f"port {port} is not available ({error.strerror}): choose another with --port"
                ) from error
            raise CommandError(
                f"{host} is not an address of this machine ({error.strerror}): "
                "give --host localhost, or 0.0.0.0 for all of them"
            ) from error
