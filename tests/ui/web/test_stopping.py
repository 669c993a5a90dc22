"""A server that is told to stop answers what it was asked before, takes nothing more, and ends."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed

from tests.ui.embed_site import fake_process
from tests.ui.web.asking import ask, get
from tests.ui.web.handshakes import visit
from ui.web.listening import ANSWER_SECONDS, CLOSE_SECONDS, LAST_SECONDS

pytestmark = pytest.mark.slow
LONG = "slow " * 10
"""Takes two seconds."""
MOST = ANSWER_SECONDS + CLOSE_SECONDS + LAST_SECONDS


@pytest.fixture
def server(tmp_path):
    with fake_process(tmp_path / "log", "127.0.0.1", "*") as (address, process):
        yield address, process


def test_what_is_being_answered_is_answered_and_nothing_more_is_taken(server):
    address, process = server
    assert get(f"{address}/readyz") == (200, {"status": "ready"})
    with ThreadPoolExecutor() as clients:
        asked = clients.submit(ask, address, LONG)
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        assert get(f"{address}/readyz") == (503, {"status": "stopping"})
        assert get(f"{address}/healthz")[0] == 200
        status, problem = ask(address, "radiation")
        assert (status, problem["code"]) == (503, "busy")
        assert "being stopped" in problem["detail"]
        assert asked.result()[0] == 200
    assert process.wait(MOST) == 0
    assert get(f"{address}/healthz")[0] == 0


def test_what_takes_too_long_is_not_waited_for(server):
    address, process = server
    with ThreadPoolExecutor() as clients:
        asked = [clients.submit(ask, address, "slow " * (200 + n)) for n in range(4)]
        time.sleep(0.5)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(MOST + 5)
        assert time.monotonic() - began < MOST + 2
        for one in asked:
            assert one.result()[0] != 200


def test_told_twice_it_ends_at_once(server):
    address, process = server
    with ThreadPoolExecutor() as clients:
        asked = clients.submit(ask, address, LONG)
        time.sleep(0.5)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(MOST) == 128 + signal.SIGTERM
        assert time.monotonic() - began < 1.5
        assert asked.result()[0] == 0


def test_an_open_page_does_not_keep_it_and_is_told_that_the_server_goes(server):
    address, process = server
    with visit(address, "") as session:
        session.recv(timeout=20)
        process.send_signal(signal.SIGTERM)
        assert process.wait(MOST) == 0
        with pytest.raises(ConnectionClosed):
            [session.recv(timeout=5) for _ in range(10_000)]
        assert session.close_code == 1012  # the server restarts; connection.js comes back
