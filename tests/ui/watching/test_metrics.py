"""Metrics count what becomes of questions and requests, and never say what they held."""

import re
import socket
from urllib.request import urlopen

import pytest

from tests.ui.embed_site import free_port
from ui.errors import CommandError
from ui.watching.metrics import Metrics, State

NOW = State(
    version="0123456789ab",
    build="f00d",
    documents=2,
    passages=321,
    since=1_790_000_000.0,
    swaps={"done": 3, "failed": 1},
    inside=4,
    connections=5,
    is_ready=True,
    restarts=6,
    pids=(),
)


@pytest.fixture
def told():
    """Metrics, and a function that returns the lines that Prometheus gets of them."""
    metrics, port = Metrics(), free_port()
    metrics.watch(lambda: NOW)
    end = metrics.serve("127.0.0.1", port)

    def read():
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            assert answer.headers["Content-Type"].startswith("text/plain")
            return answer.read().decode().splitlines()

    yield metrics, read
    end()


def test_a_question_is_counted_by_its_outcome_and_timed_by_stage(told):
    metrics, read = told
    metrics.waited(0.3)
    metrics.ended("answered", {"search": 20.0, "select": 2.0, "total": 22.0, "else": 1.0})
    metrics.refused("busy")
    lines = read()
    assert 'quotewell_questions_total{outcome="answered"} 1.0' in lines
    assert 'quotewell_questions_total{outcome="busy"} 1.0' in lines
    assert 'quotewell_questions_total{outcome="declined"} 0.0' in lines
    assert 'quotewell_question_seconds_bucket{le="0.01",stage="search"} 0.0' in lines
    assert 'quotewell_question_seconds_bucket{le="0.025",stage="search"} 1.0' in lines
    assert 'quotewell_question_seconds_sum{stage="waiting"} 0.3' in lines
    assert not [line for line in lines if "else" in line]


def test_a_request_is_counted_by_its_route(told):
    metrics, read = told
    for _ in range(2):
        metrics.requested("POST", "/api/ask", 200)
    counted = 'quotewell_http_requests_total{method="POST",route="/api/ask",status="200"} 2.0'
    assert counted in read()


def test_the_library_in_use_and_the_state_of_the_server_are_told(told):
    lines = told[1]()
    assert 'quotewell_library_info{build="f00d",version="0123456789ab"} 1.0' in lines
    assert 'quotewell_library_swaps_total{outcome="failed"} 1.0' in lines
    for name, value in {
        "library_documents": 2,
        "library_passages": 321,
        "questions_inside": 4,
        "connections": 5,
        "ready": 1,
        "worker_restarts_total": 6,
    }.items():
        assert f"quotewell_{name} {value:.1f}" in lines


def test_every_line_is_in_the_format_of_prometheus(told):
    sample = re.compile(r'[a-z_]+(\{([a-z]+="[^"\\]*",?)+\})? [-+0-9.e]+(Inf)?')
    assert [x for x in told[1]() if not x.startswith("# ") and not sample.fullmatch(x)] == []


def test_an_address_that_is_taken_is_told_in_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"127.0.0.1:{port} .* --metrics"):
            Metrics().serve("127.0.0.1", port)
