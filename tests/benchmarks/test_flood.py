"""Two hundred clients at once: each is answered or refused, and the server stays up."""

import math

import pytest

from benchmarks.flood import Seen, flood
from tests.ui.embed_site import fake_server

CLIENTS, SECONDS = 200, 5


@pytest.mark.slow
def test_of_two_hundred_clients_each_is_answered_or_refused_and_the_server_stays_up(tmp_path):
    log = tmp_path / "log"
    limits = {"QUOTEWELL_WAITING": "16", "QUOTEWELL_WAIT_SECONDS": "2"}
    with fake_server(log, "127.0.0.1", "*", **limits) as address:
        seen = flood(address, ["a slow question"], CLIENTS, SECONDS)
        assert "Traceback" not in log.read_text("utf-8")
    assert seen.lost == 0
    assert seen.answered
    assert seen.refused
    assert all(map(math.isfinite, seen.health))  # how fast: python -m benchmarks.flood


def test_what_is_neither_an_answer_nor_a_refusal_is_lost():
    seen = Seen()
    for status in (200, 200, 503, 429, 500, 0):
        seen.note(status, 0.5)
    seen.health = [0.1, 0.2]
    assert seen.lost == 2
    assert seen.report().splitlines()[0] == "answered 2, refused 2, neither 2"
    assert seen.report().endswith("max 0.20 s (limit 1 s)")
