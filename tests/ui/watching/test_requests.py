"""A whole server is watched: nothing that a visitor sends gets into its metrics or its log."""

import json
import re
import socket
import time
from contextlib import suppress
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.ui.embed_site import fake_server, free_port
from tests.ui.web.handshakes import upgrade

MARK = "Xq7Janedoe"
"""What somebody typed: it is sent in every part of a request."""


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def metrics():
    return free_port()


@pytest.fixture(scope="module")
def address(log, metrics):
    with fake_server(log, "127.0.0.1", "*", FAKE_METRICS=str(metrics)) as address:
        yield address


def send(address, path, question=None, **headers):
    body = None if question is None else json.dumps({"question": question}).encode()
    headers = {"Content-Type": "application/json", **headers}
    with suppress(HTTPError), urlopen(Request(f"{address}{path}", body, headers)) as answer:
        return answer.headers
    return {}


def lines(log):
    return [json.loads(one) for one in log.read_text("utf-8").splitlines() if one[:1] == "{"]


def told(port):
    with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return answer.read().decode()


def test_nothing_that_a_visitor_sends_is_in_the_log_or_in_the_metrics(address, log, metrics):
    for question in (MARK, f"{MARK} crash", f"{MARK} unknown", " "):
        send(address, "/api/ask", question)
    send(address, f"/api/ask?q={MARK}", MARK, **{"X-Request-ID": MARK, "User-Agent": MARK})
    send(address, "/", **{"X-Forwarded-For": "203.0.113.77", "Cookie": MARK, "Referer": MARK})
    for path in (f"/{MARK}", f"/documents/{MARK}", f"/api/{MARK}", f"/embed?question={MARK}"):
        send(address, path)
    for path in (f"/api/documents/{MARK}/marks", f"/owner/{MARK}", f"/static/{MARK}.js"):
        send(address, path)
    host, port = address.removeprefix("http://").split(":")
    for sent in (
        f"{MARK} /{MARK} HTTP/1.1\r\nHost: {MARK}\r\n\r\n".encode(),
        upgrade(host, port, f"http://{MARK}.example"),
    ):
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            connection.sendall(sent)
            connection.recv(65536)
    time.sleep(0.3)
    for text in (log.read_text("utf-8"), told(metrics)):
        assert "quotewell" in text.lower()
        assert MARK.lower() not in text.lower()
        assert "203.0.113" not in text


def test_a_request_has_the_id_of_its_lines(address, log):
    number = send(address, "/api/ask", "radiation")["X-Request-ID"]
    assert re.fullmatch(r"[0-9a-f]{16}", number)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        mine = [line for line in lines(log) if line.get("request") == number]
        if len(mine) == 2:
            break
        time.sleep(0.05)
    question, request = mine
    assert (question["event"], question["outcome"]) == ("question", "answered")
    assert (request["event"], request["route"], request["status"]) == ("request", "/api/ask", 200)
    assert request["ms"] > 0


def test_requests_are_counted_by_route_and_status(address, metrics):
    send(address, "/nowhere")
    send(address, "/sources")
    deadline = time.monotonic() + 5
    while 'route="/sources"' not in (text := told(metrics)) and time.monotonic() < deadline:
        time.sleep(0.05)  # a request is counted once its answer is on the way
    assert 'route="other",status="404"' in text
    assert 'route="/sources",status="200"' in text
    assert re.search(r"quotewell_resident_bytes [1-9]", text)


def test_metrics_are_not_at_the_visitors_address(address):
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{address}/metrics", timeout=10)
