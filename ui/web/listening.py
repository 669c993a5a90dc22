"""Listen for visitors, who get a limited time: the only module with uvicorn.

uvicorn waits for a request as long as a client likes, byte by byte, and for a response to be taken;
whom it has no place for, it does not tell when to come back.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable

import uvicorn
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from ui.api.problems import RefusedError, problem_response
from ui.errors import CommandError
from ui.failures import keep_messages_out_of_logs
from ui.queue import RETRY_SECONDS
from ui.settings import Limits

MOST_SENT = 1024 * 1024
"""Bytes that a visitor's page may send at once: a question has far fewer."""
NO_HANDSHAKE = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
FULL = "Too many people are connected just now. Please try again in a few seconds."


def listen(app: ASGIApp, host: str, port: int, limits: Limits) -> None:
    """Serve an application until the process is told to stop.

    Raises:
        CommandError: if the application cannot be started.

    """
    keep_messages_out_of_logs()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    both = host == "::" and socket.has_dualstack_ipv6()
    with socket.create_server((host, port), family=family, dualstack_ipv6=both) as listening:
        config = Config(
            app,
            http=TimelyProtocol,
            ws="websockets-sansio",
            ws_max_size=MOST_SENT,
            limit_concurrency=limits.connections,
            timeout_keep_alive=limits.request_seconds,
            log_level=logging.ERROR,
            access_log=False,
            server_header=False,
        )
        server = _Server(config)
        _mask(block=True)
        try:
            server.run(sockets=[listening])
        finally:
            _mask(block=False)
    if not server.started:
        raise CommandError("the page could not be started: report what is said above")


class _Server(uvicorn.Server):
    """Hears Ctrl-C when it can stop in order: half an event loop would leave a traceback."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and to hear signals: uvicorn's handlers are there."""
        _mask(block=False)
        await super().startup(sockets=sockets)


def _mask(*, block: bool) -> None:
    """Keep signals that stop the process back, or let them through; nothing on Windows."""
    if sys.platform != "win32":
        how = signal.SIG_BLOCK if block else signal.SIG_UNBLOCK
        signal.pthread_sigmask(how, (signal.SIGINT, signal.SIGTERM))


async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Tell whoever comes past the limit of connections when to come back."""
    headers = {"Retry-After": str(RETRY_SECONDS), "Connection": "close"}
    response: Response = PlainTextResponse(f"{FULL}\n", 503, headers)
    if scope["path"].startswith("/api/"):
        response = problem_response(RefusedError(503, "busy", FULL, headers))
    await response(scope, receive, send)


class TimelyProtocol(H11Protocol):
    """A connection that is closed when its client is too slow.

    The head of a request has to be there ``timeout_keep_alive`` seconds after the connection or
    the request before it, however it trickles in; its body is the application's affair. As long
    may a client leave what it was sent untouched.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._served, self._most = self.app, config.limit_concurrency
        self.limit_concurrency = None  # ours, ``refuse`` answers instead
        self._request: asyncio.TimerHandle | None = None
        self._response: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect the first request."""
        super().connection_made(transport)
        self._expect_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Expect nothing more."""
        self._expect_no_request()
        self.resume_writing()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Handle what has arrived; from the head of a request on, its client is not waited for."""
        self.app = refuse if self._is_full() else self._served
        super().handle_events()
        if self.cycle is not None and not self.cycle.response_complete:
            self._expect_no_request()

    def on_response_complete(self) -> None:
        """Expect the next request."""
        super().on_response_complete()
        if self.cycle.response_complete:
            self._expect_request()

    def handle_websocket_upgrade(self, event: object) -> None:
        """Leave the connection to the protocol of WebSockets, which pings its clients.

        It says nothing to a request that is none of its own, and would keep it open for good.
        """
        self._expect_no_request()
        super().handle_websocket_upgrade(event)  # type: ignore[arg-type]
        if not getattr(self.transport.get_protocol(), "handshake_initiated", True):
            self.transport.write(NO_HANDSHAKE)
            self.transport.close()

    def pause_writing(self) -> None:
        """Wait for the client to take what was sent."""
        super().pause_writing()
        self._response = self._response or self._later(self.transport.abort)

    def resume_writing(self) -> None:
        """Go on sending."""
        if self._response is not None:
            self._response.cancel()
            self._response = None
        super().resume_writing()

    def _should_upgrade(self) -> bool:
        # Past the limit it is answered like any request.
        return super()._should_upgrade() and not self._is_full()

    def _is_full(self) -> bool:
        return self._most is not None and len(self.connections) > self._most

    def _expect_request(self) -> None:
        self._expect_no_request()
        self._request = self._later(self.transport.close)

    def _expect_no_request(self) -> None:
        if self._request is not None:
            self._request.cancel()
            self._request = None

    def _later(self, give_up: Callable[[], None]) -> asyncio.TimerHandle:
        return self.loop.call_later(self.timeout_keep_alive, give_up)
