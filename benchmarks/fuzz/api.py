"""Requests and frames of WebSockets, damaged, to a server of its own."""

from __future__ import annotations

import base64
import json
import os
import random
import socket
import subprocess
import sys
import time
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any

from benchmarks.fuzz.mutation import damaged
from benchmarks.fuzz.toy import HOST
from corpus.sources import read_corpus
from ingest.library import ingest_sources
from ui.settings import CORPUS

SECONDS = 20.0
"""Within which every request is answered, whatever it holds; a slow one is given up after 1."""
START_SECONDS = 60
LOOK = 50
"""Cases between two looks whether the server is healthy."""
PATHS = (
    *("/", "/ask", "/api/ask", "/api/openapi.json", "/api/sources", "/healthz", "/embed", "/sheet"),
    *("/embed.js", "/documents/case_report", "/api/documents/case_report/pages/1?width=960"),
    *("/owner", "/owner/api/state", "/static/x", "/_stcore/health", "/_stcore/stream", "/../etc"),
    *(
        "/api/documents/../../x/pages/1",
        "/%00",
        "/%ff%fe",
        "/documents/%2e%2e",
        "/media/x",
        "/quiz",
    ),
)
METHODS = ("GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW")
TEXTS = (
    *("What is immunotherapy?", "", " ", "\0", "?", "a" * 5000, "𝒳" * 400, "\ud800", "\u202e" * 9),
    *("How is it given? And what are the side effects of treatment?", "I want to die", "1e999"),
    *("e\u0301" * 300, "<script>alert(1)</script>", "'; --", "{{7*7}}", "case_report", "patient"),
)
KEYS = (
    *("question", "history", "documents", "kinds", "from_year", "to_year", "written_for"),
    *("audience", "x", ""),
)
HEADERS = (
    *("Content-Type: application/json", "Content-Type: text/plain", "Content-Encoding: gzip"),
    *("Origin: null", "Origin: https://evil.example", "Accept-Encoding: gzip, br;q=9", "Range: x"),
    *("If-None-Match: *", "Cookie: a=b", "X-Forwarded-For: 1.2.3.4, x", "Expect: 100-continue"),
    *("Content-Type: application/json; charset=utf-16", "Transfer-Encoding: identity", "A: \x80"),
    *("Host: evil.example", "Accept: */*;q=x", "Authorization: Bearer x", f"X: {'y' * 9000}"),
)


class Api:
    """Cases for the server.

    Args:
        seed: of all of them.
        work: for the log.

    """

    def __init__(self, seed: int, work: Path) -> None:
        self._chance, self._log, self._count = random.Random(seed), work / "log", 0
        documents, _ = ingest_sources(read_corpus(CORPUS).sources)
        self._texts = {doc_id: document.text for doc_id, document in documents.items()}
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self._port = int(probe.getsockname()[1])
        command = [sys.executable, "-m", "benchmarks.fuzz.toy", str(self._port)]
        environment = {**os.environ, "QUOTEWELL_REQUEST_SECONDS": "1", "QUOTEWELL_HOME": str(work)}
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        self._wait()

    def case(self) -> str:
        """Try one; return what is wrong, or nothing."""
        self._count += 1
        kind = self._chance.random()
        if kind < 0.6:
            fault = self._asked()
        elif kind < 0.9:
            fault = self._other()
        elif kind < 0.94:
            fault = self._raw()
        else:
            fault = self._socket()
        if self._count % LOOK == 0 and not fault:
            fault = self._unwell()
        return fault

    def end(self) -> str:
        """Stop the server; say what it said."""
        self._server.terminate()
        self._server.wait()
        said = self._log.read_text("utf-8", "replace")
        lines = [line for line in said.splitlines() if "Error" in line or "Traceback" in line]
        return f"the server's log has {len(lines)} lines of errors {lines[:5] or ''}"

    def _asked(self) -> str:
        body = json.dumps(self._record(0)).encode("utf-8", "surrogatepass")
        how = self._chance.random()
        if how < 0.2:
            body = damaged(body, [body], self._chance)
        elif how < 0.25:
            body = json.dumps(self._record(0)).encode(self._chance.choice(("utf-16", "utf-32")))
        elif how < 0.3:
            body = b"[" * self._chance.choice((10, 5000, 60000))
        elif how < 0.33:
            body += b" " * self._chance.choice((70_000, 2_000_000))
        return self._sent("POST", "/api/ask", body)

    def _record(self, depth: int) -> Any:  # noqa: ANN401
        chance = self._chance
        if chance.random() < 0.5:
            return {"question": chance.choice(TEXTS), chance.choice(KEYS): self._value(depth)}
        return {chance.choice(KEYS): self._value(depth) for _ in range(chance.randint(0, 6))}

    def _value(self, depth: int) -> Any:  # noqa: ANN401
        chance = self._chance
        plain = (None, True, -1, 0, 2024, 10**30, 1.5, float("nan"), float("inf"))
        if depth > 3 or chance.random() < 0.4:
            return chance.choice(plain + TEXTS)
        if chance.random() < 0.7:
            sizes = (0, 1, 2) if depth else (0, 1, 2, 21, 101)
            return [self._value(depth + 1) for _ in range(chance.choice(sizes))]
        return self._record(depth + 1)

    def _other(self) -> str:
        chance = self._chance
        path = chance.choice(PATHS).encode()
        if chance.random() < 0.4:
            path = b"/" + bytes(b for b in damaged(path[1:], [path], chance) if 32 < b < 127)
        body = b"" if chance.random() < 0.5 else chance.randbytes(chance.choice((1, 100, 70_000)))
        return self._sent(chance.choice(METHODS), path.decode("ascii"), body)

    def _sent(self, method: str, path: str, body: bytes) -> str:
        """Send a request that is sound as HTTP; return what is wrong with what comes back."""
        chance = self._chance
        more = chance.sample(HEADERS, chance.choice((0, 0, 1, 2, 3)))
        if path == "/api/ask" and chance.random() < 0.8:
            more = ["Content-Type: application/json"]
        head = [f"{method} {path} HTTP/1.1", *more, "Connection: close"]
        head += [] if any(line.startswith("Host") for line in more) else [f"Host: {HOST}"]
        head.append(f"Content-Length: {len(body)}")
        data = "\r\n".join([*head, "", ""]).encode("latin-1") + body
        what = f"{method} {path} {more} {body[:300]!r}"
        began = time.monotonic()
        try:
            status, kind, content = self._response(data, method)
        except TimeoutError:
            return f"no answer in {SECONDS:g} s to {what}"
        except (OSError, HTTPException) as error:
            # One that is refused while it still sends may not see why.
            is_large = len(body) > 60_000
            return "" if is_large else f"{error!r} after {time.monotonic() - began:.1f} s to {what}"
        if status >= 500 and status != 503:
            return f"{status} to {what}: {content[:300]!r}"
        if path == "/api/ask" and status == 200 and "json" in kind:
            return self._misquoted(json.loads(content), what)
        return ""

    def _response(self, data: bytes, method: str) -> tuple[int, str, bytes]:
        with socket.create_connection((HOST, self._port), timeout=SECONDS) as connection:
            connection.sendall(data)
            response = HTTPResponse(connection, method=method)
            response.begin()
            return response.status, response.getheader("Content-Type", ""), response.read()

    def _misquoted(self, record: dict[str, Any], what: str) -> str:
        for one in (record, *record.get("parts", ())):
            for quote in (*one.get("quotes", ()), *one.get("related", ())):
                if self._texts[quote["document"]][slice(*quote["span"])] != quote["text"]:
                    return f"wrong quote {quote['text']!r} to {what}"
        return ""

    def _raw(self) -> str:
        """Send what may be no request at all: it may be answered or not, in time."""
        body = b'{"question": "What is immunotherapy?"}'
        data = b"POST /api/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        data += b"Content-Length: %d\r\nConnection: close\r\n\r\n%b" % (len(body), body)
        data = damaged(data, [data], self._chance)
        return self._exchanged(data, b"")

    def _socket(self) -> str:
        """Open a WebSocket of the page, and send frames of any kind."""
        chance = self._chance
        key = base64.b64encode(chance.randbytes(16)).decode()
        head = (
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {HOST}:{self._port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: http://{HOST}:{self._port}\r\nSec-WebSocket-Protocol: streamlit\r\n\r\n"
        ).encode()
        if chance.random() < 0.2:
            head = damaged(head, [head], chance)
        return self._exchanged(head, b"".join(self._frame() for _ in range(chance.randint(1, 4))))

    def _frame(self) -> bytes:
        chance = self._chance
        payload = chance.randbytes(chance.choice((0, 1, 20, 125, 126, 5000)))
        first = chance.choice((0x81, 0x82, 0x82, 0x82, 0x01, 0x00, 0x88, 0x89, 0xF2, 0x83))
        size = len(payload)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2, "big")
        if chance.random() < 0.1:
            length = b"\xff" + chance.choice((2**20 + 1, 2**63, 2**64 - 1)).to_bytes(8, "big")
        mask = chance.randbytes(4)
        masked = bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
        frame = bytes([first]) + length + mask + masked
        return damaged(frame, [frame], chance) if chance.random() < 0.2 else frame

    def _exchanged(self, data: bytes, later: bytes) -> str:
        try:
            with socket.create_connection((HOST, self._port), timeout=SECONDS) as connection:
                connection.sendall(data)
                if later:
                    connection.recv(65536)
                    connection.sendall(later)
                connection.shutdown(socket.SHUT_WR)
                while answer := connection.recv(65536):
                    if answer.startswith(b"HTTP/1.1 500"):
                        return f"500 to {data[:300]!r}"
        except TimeoutError:
            return f"left open for {SECONDS:g} s after {data[:300]!r} {later[:100]!r}"
        except OSError:
            pass  # closed by the server
        return ""

    def _unwell(self) -> str:
        if self._server.poll() is not None:
            raise RuntimeError(f"the server ended: {self._log.read_text('utf-8', 'replace')}")
        data = f"GET /healthz HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode()
        try:
            status, _, _ = self._response(data, "GET")
        except (OSError, HTTPException) as error:
            return f"the server is not healthy: {error!r}"
        return "" if status == 200 else f"the server is not healthy: {status}"

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while self._unwell():
            if time.monotonic() > end:
                raise RuntimeError(f"no server: {self._log.read_text('utf-8', 'replace')}")
            time.sleep(0.2)
