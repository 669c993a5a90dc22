"""One process for everything: the chat page, the JSON interface, and what other sites embed."""

from __future__ import annotations

import errno
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from streamlit import config

from corpus.sources import Corpus
from ingest.drafting.processor import cores
from library.checkout import open_last
from ui.api.app import make_api
from ui.api.crew import Crew
from ui.api.desk import opened
from ui.embed.routes import embedding_routes
from ui.errors import CommandError, moved_on, tell
from ui.owner.opening import open_owner
from ui.page.answerer import share
from ui.process import memory, worker_count
from ui.queue import QuestionQueue
from ui.serving.holder import Serving, build_of, keep_out_of_collections, state_of
from ui.settings import Limits, Places
from ui.watching.metrics import Metrics
from ui.watching.requests import Requests
from ui.watching.tally import Watched
from ui.web.compression import Compression
from ui.web.documents import document_route
from ui.web.headers import ANY_SITE, Headers
from ui.web.health import health_routes, state
from ui.web.listening import Listening, refuse
from ui.web.options import streamlit_options
from ui.web.origin import SameOrigin
from ui.web.paths import KnownPaths, template
from ui.web.shell import Shell

if TYPE_CHECKING:
    from answer.pipeline import Answerer

PAGE = Path(__file__).parents[1] / "page" / "app.py"
"""The script of the chat page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the operator of a server wants, besides its address."""

    ancestors: str = ANY_SITE
    """The sites that may frame it, as ``headers.frame_ancestors`` returns them."""
    callers: str | None = None
    """A pattern of the origins of other sites whose pages may ask; any if None, none if empty."""
    workers: int | None = None
    """Processes that answer programs' questions; as many as the machine is worth if None."""
    metrics: tuple[str, int] | None = None
    """The address at which ``/metrics`` is served, host and port; nowhere if None."""


AS_USUAL = Wanted()


def middleware(ancestors: str) -> list[Middleware]:
    """Return what every request passes through, including the chat page's."""
    return [
        Middleware(SameOrigin),
        Middleware(Headers, ancestors=ancestors),
        Middleware(KnownPaths),
        Middleware(Compression),
        Middleware(Shell),
    ]


def routes(
    serving: Serving, queue: QuestionQueue, wanted: Wanted, crew: Crew | None = None
) -> list[BaseRoute]:
    """Return everything that is served besides the chat page."""
    return [
        Mount("/api", make_api(serving, queue, crew, wanted.callers)),
        *embedding_routes(wanted.ancestors, serving, is_private=wanted.callers == ""),
        document_route(serving),
        *health_routes(serving, queue, crew),
    ]


def serve_app(places: Places, host: str, port: int, wanted: Wanted = AS_USUAL) -> Iterator[str]:
    """Serve the application: yield a line with its address, then run until stopped.

    Args:
        places: what is answered from.
        host: the address to listen on.
        port: likewise.
        wanted: everything else.

    Raises:
        CommandError: if the port is taken, or a limit in the environment is not a number.
        CorpusError, IngestError, PassageIndexError, BankError, AnswerError: if the index cannot be
            opened.
        KeyboardInterrupt: when Ctrl-C has stopped it.

    """
    check_free(host, port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    limits, metrics = Limits.of(), Metrics()
    count = worker_count(cores(), memory()) if wanted.workers is None else wanted.workers
    with ExitStack() as ending:
        if wanted.metrics:
            ending.callback(metrics.serve(*wanted.metrics))
        crew = Crew(places, count) if count else None
        if crew:
            ending.callback(crew.end)
        queue = QuestionQueue(limits, max(2, cores(), count), tally=Watched(metrics))
        serving = Serving(
            lambda: opened(places.corpus, places, cores()),
            lambda: state_of(places),
            lambda: build_of(places),
            lambda: _first(places),
        )
        share(serving, queue)
        keep_out_of_collections()
        # What the user's own files and environment say about Streamlit is not for this page.
        config.get_config_options(
            force_reparse=True, options_from_flags=dict(streamlit_options(host, port))
        )
        owner = open_owner(places, serving, limits, host, port)
        served = [*routes(serving, queue, wanted, crew), *owner.routes]
        watched = Middleware(Requests, metrics=metrics, template=template)
        through = [watched, *middleware(wanted.ancestors)]
        app = st.App(PAGE, routes=served, middleware=through)
        server = Listening(app, limits, queue, Requests(refuse, metrics, template))
        metrics.watch(lambda: state(serving, queue, crew, server.connections))
        yield (
            f"Quotewell is at http://{host}:{port}, how to embed it at http://{host}:{port}/embed "
            "(press Ctrl-C to stop it).\n"
        )
        if line := owner.line:
            yield line
        ending.callback(serving.watch())
        server.listen(host, port)


def _first(places: Places) -> Answerer:
    """Return what answers first: the version before, where the library has no index yet."""

    def load(corpus: Path | Corpus) -> Answerer:
        return opened(corpus, places, cores())

    answerer, earlier = open_last(places.corpus, places.index, load)
    if earlier:
        tell(moved_on(earlier))
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
