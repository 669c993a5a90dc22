"""Two hundred clients at once: each is answered or refused, and the server stays up."""

import math
import os

import pytest

from benchmarks.load.clients import Seen, known_answers, let_ask
from benchmarks.load.footprint import Footprint
from tests.ui.embed_site import fake_server

CLIENTS, SECONDS = 200, 5


@pytest.mark.slow
def test_of_two_hundred_clients_each_is_answered_or_refused_and_the_server_stays_up(tmp_path):
    log = tmp_path / "log"
    limits = {"QUOTEWELL_WAITING": "16", "QUOTEWELL_WAIT_SECONDS": "2"}
    with fake_server(log, "127.0.0.1", "*", **limits) as address:
        known = known_answers(address, ["a slow question", "radiation"])
        seen = let_ask(address, known, CLIENTS, SECONDS)
        assert "Traceback" not in log.read_text("utf-8")
    assert (seen.lost, seen.wrong) == (0, 0)
    assert seen.answered
    assert seen.refused
    assert all(map(math.isfinite, seen.health))  # how fast: python -m benchmarks.load


@pytest.mark.slow
def test_an_answer_that_differs_from_the_one_without_load_is_wrong(tmp_path):
    with fake_server(tmp_path / "log", "127.0.0.1", "*") as address:
        seen = let_ask(address, {"radiation": {"status": "not_found"}}, 1, 0.5)
    assert seen.wrong == len(seen.answered) > 0
    assert not seen.is_well(1.0)


def test_what_is_neither_an_answer_nor_a_refusal_is_lost():
    seen = Seen()
    for status in (200, 200, 503, 429, 500, 0):
        seen.note(status, 0.5)
    seen.health = [0.1, 0.2]
    assert seen.lost == 2
    assert "answers   0.2 a second: 2; refused 2, neither 2, wrong 0" in seen.report(10)
    assert seen.report(10).endswith("max 0.200 s")


def test_a_process_is_measured():
    mine = Footprint.of(os.getpid())
    assert mine.resident > 1e7
    assert mine.cpu_seconds > 0
    assert mine.processes >= 1
