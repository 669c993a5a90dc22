"""Clients that are slow, break off or come in crowds keep nobody else waiting and leave no trace."""

import asyncio
import json
import socket
import time
from contextlib import ExitStack, contextmanager
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from tests.ui.embed_site import fake_server
from tests.ui.web.handshakes import handshake, upgrade
from ui.web.listening import TimelyProtocol

SECONDS, CONNECTIONS = 1, 20
LATE = SECONDS + 4
"""Seconds after which a connection that should have been closed is one too many."""
ASK = b"POST /api/ask HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
JANE = b'{"question": "Jane Doe"}'


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def address(log):
    limits = {
        "QUOTEWELL_REQUEST_SECONDS": str(SECONDS),
        "QUOTEWELL_CONNECTIONS": str(CONNECTIONS),
        "QUOTEWELL_PER_MINUTE": "3",
    }
    with fake_server(log, "127.0.0.1", "*", **limits) as address:
        yield address


@pytest.fixture(autouse=True)
def _no_question_and_no_traceback_is_logged(log):
    yield
    assert "Jane" not in log.read_text("utf-8")
    assert "Traceback" not in log.read_text("utf-8")


@contextmanager
def connected(address, sent=b""):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=LATE) as connection:
        connection.sendall(sent)
        yield connection


def received(connection):
    """Everything until the server closes the connection, and how long that took."""
    began, data = time.monotonic(), b""
    while part := connection.recv(65536):
        data += part
    return data, time.monotonic() - began


def ask(address, question="What?", **headers):
    headers = {"Content-Type": "application/json"} | headers
    body = json.dumps({"question": question}).encode()
    try:
        with urlopen(Request(f"{address}/api/ask", body, headers), timeout=10) as answer:
            return answer.status, answer.headers
    except HTTPError as error:
        with error:
            return error.code, error.headers


@pytest.mark.parametrize("sent", [b"", b"GET /", b"GET / HTTP/1.1\r\nHost: h\r\nX: "], ids=ascii)
def test_a_request_that_does_not_arrive_is_given_up(address, sent):
    with connected(address, sent) as connection:
        data, took = received(connection)
    assert data == b""
    assert took < LATE


def test_a_request_that_trickles_in_is_given_up_too(address):
    began = time.monotonic()
    with connected(address, b"GET / HTTP/1.1\r\n") as connection:
        connection.settimeout(0.1)
        while time.monotonic() - began < LATE:
            try:
                connection.sendall(b"X")
                if connection.recv(1) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    assert time.monotonic() - began < LATE


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 99\r\n\r\n{", b"Transfer-Encoding: chunked\r\n\r\n"]
)
def test_a_question_that_does_not_arrive_is_told_so(address, framing):
    with connected(address, ASK + framing) as connection:
        data, took = received(connection)
    assert data.startswith(b"HTTP/1.1 408 ")
    assert b"Send it again" in data
    assert took < LATE


def test_a_connection_is_kept_for_the_next_request_and_no_longer(address):
    get = b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n"
    with connected(address, get) as connection:
        for _ in range(2):
            seen = b""
            while b'"ok"' not in seen:
                seen += connection.recv(65536)
            connection.sendall(get)
        while b'"ok"' not in connection.recv(65536):
            pass
        connection.sendall(b"GET")
        data, took = received(connection)
    assert data == b""
    assert took < LATE


def test_a_visitors_socket_stays_open(address):
    with connected(address) as connection:
        connection.sendall(upgrade("127.0.0.1", address.rpartition(":")[2], address))
        assert b" 101 " in connection.recv(65536)
        time.sleep(SECONDS + 1)
        connection.sendall(b"\x89\x80\0\0\0\0")  # a ping
        connection.settimeout(LATE)
        seen = b""
        while b"\x8a" not in seen:  # its answer
            part = connection.recv(65536)
            assert part, "the socket was closed"
            seen += part


@pytest.mark.parametrize(
    "sent",
    [
        ASK + b"Content-Length: 24\r\n\r\n" + JANE[:12],
        ASK + b"Content-Length: 24\r\n\r\n" + JANE,
        ASK + b"Transfer-Encoding: chunked\r\n\r\n8\r\n" + JANE[:8],
        b"GET /static/ HTTP/1.1\r\nHost: h\r\n\r\n",
        b"Jane Doe\r\n\r\n",
        b"GET /?q=Jane HTTP/1.1\r\nHost: h\r\n\r\n" * 50,
    ],
    ids=["half a body", "a body", "half a chunk", "a file", "no request", "many requests"],
)
def test_a_request_that_is_broken_off_leaves_nothing_in_the_log(address, log, sent):
    before = log.read_bytes()
    for reset in (False, True):
        with connected(address, sent) as connection:
            if reset:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    time.sleep(0.3)
    with urlopen(f"{address}/healthz", timeout=10) as answer:
        assert answer.status == 200
    assert log.read_bytes() == before


def test_a_question_that_fails_is_logged_without_a_word_of_it(address, log):
    assert ask(address, "crash of Jane Doe")[0] == 500
    assert "a question could not be answered: RuntimeError" in log.read_text("utf-8")


def test_whoever_asks_too_often_from_elsewhere_is_told_when_to_ask_again(address):
    one, other = ({"X-Forwarded-For": client} for client in ("9.9.9.9", "9.9.9.8"))
    assert [ask(address, **one)[0] for _ in range(4)] == [200, 200, 200, 429]
    assert 0 < int(ask(address, **one)[1]["Retry-After"]) <= 60
    assert ask(address, **other)[0] == 200
    assert [ask(address)[0] for _ in range(4)] == [200] * 4  # this machine


@pytest.mark.parametrize("key", [b"Vz\x1bM", b"V\xff\x01", b"a\x7fb"])
def test_a_socket_that_is_asked_for_in_no_sound_way_is_closed_at_once(address, key):
    head = b"GET /_stcore/stream HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\n"
    head += b"Connection: Upgrade\r\nSec-WebSocket-Key: " + key + b"\r\n\r\n"
    with connected(address, head) as connection:
        said, _ = received(connection)
    assert said.startswith(b"HTTP/1.1 400 ")


def test_past_the_limit_of_connections_visitors_are_refused_until_the_slow_are_gone(address):
    with ExitStack() as crowd:
        for _ in range(CONNECTIONS):
            crowd.enter_context(connected(address, b"GET"))
        time.sleep(0.2)
        status, told = ask(address)
        assert (status, told["Retry-After"]) == (503, "5")
        assert told["Content-Type"] == "application/problem+json"
        assert " 503 " in handshake(address, address) + " "
        time.sleep(SECONDS + 1)
        assert ask(address)[0] == 200


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/auth/login"])
def test_what_streamlit_offers_besides_its_page_is_closed(address, path):
    with pytest.raises(HTTPError) as refused, urlopen(f"{address}{path}", timeout=10):
        pass
    with refused.value as answer:
        assert answer.code == 404
        assert "frame-ancestors" in answer.headers["Content-Security-Policy"]


def test_no_page_may_steer_ours_from_outside_its_frame(address):
    with urlopen(f"{address}/_stcore/host-config", timeout=10) as answer:
        assert json.load(answer)["allowedOrigins"] == []


def test_a_client_that_does_not_take_its_response_is_given_up():
    aborted = asyncio.run(_paused(resume=False))
    assert aborted == [True]


def test_a_client_that_takes_it_slowly_is_not():
    assert asyncio.run(_paused(resume=True)) == []


async def _nothing(scope, receive, send):
    pass


async def _paused(resume):
    """Pause what is sent on a connection, and return whether it was given up."""
    aborted = []
    transport = SimpleNamespace(
        abort=lambda: aborted.append(True),
        close=lambda: None,
        is_closing=lambda: False,
        get_extra_info=lambda name: None,
    )
    config = Config(_nothing, log_config=None, timeout_keep_alive=0.05)
    connection = TimelyProtocol(config, ServerState(), {}, asyncio.get_running_loop())
    connection.connection_made(transport)
    connection.pause_writing()
    if resume:
        connection.resume_writing()
    await asyncio.sleep(0.2)
    return aborted
