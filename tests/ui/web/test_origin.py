"""A WebSocket is for our own page: other sites are refused before Streamlit looks anything up."""

import socket

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from tests.ui.embed_site import embedding_server
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


def handshake(address, origin):
    """Ask for the page's WebSocket and return the first line of the answer."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {origin}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        return connection.recv(100).split(b"\r\n")[0].decode()


@pytest.mark.slow
def test_the_server_refuses_another_site_at_once_and_serves_its_own_page(tmp_path):
    with embedding_server(tmp_path / "log") as address:
        assert " 403 " in handshake(address, "https://evil.example") + " "
        assert " 101 " in handshake(address, address) + " "
