"""Many questions at once: few are answered at a time, and nothing else has to wait."""

import threading
import time

import anyio
import pytest

from ui.api.desk import WORKERS, Desk
from ui.api.problems import RefusedError
from ui.api.request import AskRequest

ASKED = AskRequest(question="Q?")


class SlowAnswerer:
    """Answers when it is let, and counts how many ask at once."""

    def __init__(self, answerer):
        self.documents, self.sources, self._answerer = (
            answerer.documents,
            answerer.sources,
            answerer,
        )
        self.may_go, self.lock = threading.Event(), threading.Lock()
        self.inside = self.most = 0

    def answer(self, *asked):
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.may_go.wait(10)
        with self.lock:
            self.inside -= 1
        return self._answerer.answer(*asked)


def test_few_are_answered_at_once_all_in_the_end_and_the_server_goes_on(answerer):
    slow = SlowAnswerer(answerer)
    desk, answers = Desk(slow, workers=2, waiting=50), []

    async def one():
        answers.append(await desk.answer(ASKED))

    async def all_of_them():
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(one)
            began = time.monotonic()
            await anyio.sleep(0.05)
            assert time.monotonic() - began < 1, "the event loop was kept waiting"
            assert answers == []
            slow.may_go.set()

    anyio.run(all_of_them)
    assert len(answers) == 20
    assert slow.most == 2


def test_when_too_many_wait_the_next_is_told_at_once(answerer, monkeypatch):
    slow = SlowAnswerer(answerer)
    desk = Desk(slow, workers=1, waiting=1)

    async def all_of_them():
        async with anyio.create_task_group() as group:
            for _ in range(2):
                group.start_soon(desk.answer, ASKED)
            await anyio.sleep(0.05)
            with pytest.raises(RefusedError) as refused:
                await desk.answer(ASKED)
            slow.may_go.set()
        return refused.value

    refused = anyio.run(all_of_them)
    assert (refused.status, refused.code) == (503, "busy")
    assert refused.headers == {"Retry-After": "3"}


def test_more_than_one_is_answered_at_a_time_on_any_machine():
    assert WORKERS >= 2
