"""What a browser sends to open the page's socket."""

import socket


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
