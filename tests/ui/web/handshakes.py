"""What a browser sends to open the page's socket, and through it."""

import socket
from contextlib import contextmanager

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect


def handshake(address, origin):
    """Ask for the page's WebSocket and return the first line of the answer."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(upgrade(host, port, origin))
        return connection.recv(100).split(b"\r\n")[0].decode()


def upgrade(host, port, origin):
    """The request for it."""
    return (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {origin}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    ).encode()


@contextmanager
def visit(address, query):
    """Open the page as a browser does; yield the session, from which the page can be received."""
    opened = BackMsg()
    opened.rerun_script.query_string = query
    place = address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(place, origin=address, subprotocols=["streamlit"], max_size=None) as session:
        session.send(opened.SerializeToString())
        yield session
