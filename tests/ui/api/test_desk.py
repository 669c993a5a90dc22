"""Many questions at once: few are answered at a time, and nothing else has to wait."""

import threading
import time

import anyio
import pytest

from tests.ui.serving.held import held
from ui.api.desk import Desk
from ui.api.problems import RefusedError
from ui.api.request import AskRequest
from ui.queue import QuestionQueue
from ui.settings import Limits

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
    desk, answers = Desk(held(slow), QuestionQueue(Limits(), workers=2)), []

    async def one(number):
        answers.append(await desk.answer(AskRequest(question=f"Q{number}?")))

    async def all_of_them():
        async with anyio.create_task_group() as group:
            for number in range(20):
                group.start_soon(one, number)
            began = time.monotonic()
            await anyio.sleep(0.05)
            assert time.monotonic() - began < 1, "the event loop was kept waiting"
            assert answers == []
            slow.may_go.set()

    anyio.run(all_of_them)
    assert len(answers) == 20
    assert slow.most == 2


def test_when_too_many_wait_the_next_is_told_at_once(answerer):
    slow = SlowAnswerer(answerer)
    desk = Desk(held(slow), QuestionQueue(Limits(waiting=1), workers=1))

    async def all_of_them():
        async with anyio.create_task_group() as group:
            for number in range(2):
                group.start_soon(desk.answer, AskRequest(question=f"Q{number}?"))
            await anyio.sleep(0.05)
            with pytest.raises(RefusedError) as refused:
                await desk.answer(ASKED)
            slow.may_go.set()
        return refused.value

    refused = anyio.run(all_of_them)
    assert (refused.status, refused.code) == (503, "busy")
    assert refused.headers == {"Retry-After": "5"}


def test_who_waits_too_long_is_told_when_to_come_back(answerer):
    slow = SlowAnswerer(answerer)
    desk = Desk(held(slow), QuestionQueue(Limits(wait_seconds=0.05), workers=1))

    async def all_of_them():
        async with anyio.create_task_group() as group:
            group.start_soon(desk.answer, AskRequest(question="Q1?"))
            await anyio.sleep(0.01)
            with pytest.raises(RefusedError) as refused:
                await desk.answer(ASKED)
            slow.may_go.set()
        return refused.value

    assert anyio.run(all_of_them).status == 503


def test_who_asks_too_often_is_told_so_and_others_are_answered(answerer):
    desk = Desk(held(answerer), QuestionQueue(Limits(per_minute=2), workers=1))

    async def ask(client):
        try:
            await desk.answer(ASKED, client)
        except RefusedError as refused:
            return refused.status, refused.code, refused.headers
        return 200

    async def all_of_them():
        return [await ask(client) for client in ("9.9.9.9", "9.9.9.9", "9.9.9.9", "9.9.9.8")]

    told = 429, "too_often", {"Retry-After": "30"}
    assert anyio.run(all_of_them) == [200, 200, told, 200]


def test_the_same_question_at_the_same_moment_is_answered_once_for_all(answerer):
    slow = SlowAnswerer(answerer)
    desk, answers = Desk(held(slow), QuestionQueue(Limits(), workers=4)), []

    async def one(question):
        answers.append((await desk.answer(AskRequest(question=question))).body)

    async def all_of_them():
        async with anyio.create_task_group() as group:
            for _ in range(10):
                group.start_soon(one, "radiation")
            group.start_soon(one, "unknown")
            await anyio.sleep(0.2)
            slow.may_go.set()
        await one("radiation")

    anyio.run(all_of_them)
    assert len(answers) == 12
    assert len(set(answers)) == 2
    assert sorted(question for question, *_ in answerer.asked) == [
        *("radiation", "radiation", "unknown"),
    ]
