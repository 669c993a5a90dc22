"""The time of an answer is that of its stages: none counts twice, and none is lost."""

import time

import pytest

from answer import pipeline
from benchmarks.encoder import stages
from benchmarks.encoder.stages import REST, STAGES, Clock, watched
from benchmarks.encoder.work import flop


@pytest.fixture
def passing(monkeypatch):
    """Return what lets seconds pass on the clock."""
    now = [0.0]
    monkeypatch.setattr(time, "perf_counter", lambda: now[0])

    def let_pass(seconds):
        now[0] += seconds

    return let_pass


def test_what_a_stage_calls_of_another_counts_as_the_others(passing):
    clock = Clock()
    encode = clock.timed("encoding", lambda: passing(2))

    def choose():
        passing(1)
        encode()
        passing(4)

    passing(8)
    clock.timed("choosing", choose)()
    passing(16)
    spent = clock.end()
    assert {stage: ms for stage, ms in spent.items() if ms} == {
        "encoding": 2000,
        "choosing": 5000,
        REST: 24000,
    }
    assert sum(spent.values()) == 31000


def test_a_stage_that_fails_is_over(passing):
    clock = Clock()

    def fail():
        passing(1)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        clock.timed("search", fail)()
    passing(2)
    assert (clock.end()["search"], clock.end()[REST]) == (1000, 2000)


def test_every_stage_is_a_call_that_is_there_and_is_itself_again_afterwards():
    before = [getattr(owner, name) for _, owner, name in stages.CALLS]
    with watched() as clock:
        assert pipeline.understand_parts is not before[0]
        assert set(clock.end()) == set(STAGES)
    assert [getattr(owner, name) for _, owner, name in stages.CALLS] == before


def test_operations_grow_with_the_tokens_and_a_little_faster():
    # Six layers of 4 * 384 ** 2 + 2 * 384 * 1536 weights, twice each.
    assert flop(1) == pytest.approx(21_233_664, rel=0.001)
    assert 100 * flop(1) < flop(100) < 120 * flop(1)
