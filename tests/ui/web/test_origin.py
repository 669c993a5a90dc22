"""A WebSocket is for our own page: other sites are refused before Streamlit looks anything up."""

import time
from urllib.request import urlopen

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.ui.embed_site import embedding_server, fake_server
from tests.ui.web.handshakes import handshake
from ui.settings import ROOT
from ui.web.origin import TRUSTED, SameOrigin, is_own


@pytest.fixture
def client():
    async def tell(websocket):
        await websocket.accept()
        await websocket.send_text(websocket.headers.get("origin", "none"))
        await websocket.close()

    routes = [WebSocketRoute("/stream", tell)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(SameOrigin)]))


def connect(client, **headers):
    with client.websocket_connect("/stream", headers=headers) as websocket:
        return websocket.receive_text()


def test_our_own_page_is_vouched_for_at_whatever_address_it_was_opened(client):
    for host in ("localhost:8501", "quotes.example", "Quotes.Example:80", "[::1]:8501"):
        assert connect(client, host=host, origin=f"https://{host.lower()}") == TRUSTED


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost:1", "null", "", "file://", "http://[", "x"]
)
def test_another_site_is_refused(client, origin):
    with pytest.raises(WebSocketDisconnect):
        connect(client, host="localhost:8501", origin=origin)


def test_a_program_without_an_origin_is_let_in(client):
    assert connect(client, host="localhost:8501") == "none"


def test_no_host_owns_no_origin():
    assert not is_own("http://", "")


@pytest.mark.slow
def test_the_server_refuses_another_site_at_once_and_serves_its_own_page(tmp_path):
    with embedding_server(tmp_path / "log") as address:
        assert " 403 " in handshake(address, "https://evil.example") + " "
        assert " 101 " in handshake(address, address) + " "


TRAP = """
import os, socket, time
ask = socket.getaddrinfo
def never_answer(host, *more, **how):
    if host not in (None, "127.0.0.1", "localhost"):
        with open(os.environ["NAMES"], "a") as names:
            print(host, file=names)
        time.sleep(20)
        raise socket.gaierror(-3, "no answer")
    return ask(host, *more, **how)
socket.getaddrinfo = never_answer
"""
"""Loaded by Python as it starts: whoever looks a name up waits 20 seconds for nothing."""


@pytest.mark.slow
def test_while_names_cannot_be_looked_up_another_sites_page_delays_nobody(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(TRAP, "utf-8")
    names, path = tmp_path / "names", f"{tmp_path}:{ROOT}"
    names.write_text("", "utf-8")
    trap = {"NAMES": str(names), "PYTHONPATH": path}
    with fake_server(tmp_path / "log", "127.0.0.1", "*", **trap) as address:
        for origin in ("https://evil.example", "http://evil.example:8501", "null"):
            began = time.monotonic()
            assert " 403 " in handshake(address, origin) + " "
            with urlopen(f"{address}/healthz", timeout=10) as answer:
                assert answer.status == 200
            assert time.monotonic() - began < 1
        assert " 101 " in handshake(address, address) + " "
    assert names.read_text("utf-8") == ""
