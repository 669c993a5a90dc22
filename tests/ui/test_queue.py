"""Questions are answered in turn, none waits too long, and no client asks for all."""

import threading

import pytest

from ui.errors import BusyError, TooOftenError
from ui.page.answerer import Queued
from ui.queue import BUSY, QuestionQueue
from ui.settings import Limits
from ui.turns import take_turn


class Clock:
    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    return Clock()


def asks(queue, client):
    with queue.place(client):
        return True


def refused(queue, client):
    with pytest.raises(TooOftenError) as error, queue.place(client):
        pass
    return error.value.seconds


def test_one_more_than_there_are_places_for_is_refused_until_one_is_free():
    queue = QuestionQueue(Limits(waiting=1), workers=1)
    with queue.place():
        with queue.place():
            with pytest.raises(BusyError, match="ask again in a few seconds") as busy:
                asks(queue, "")
            assert busy.value.seconds > 0
        assert asks(queue, "")


def test_a_question_that_fails_frees_its_place_and_its_worker():
    queue = QuestionQueue(Limits(waiting=1), workers=1)
    for _ in range(5):
        with pytest.raises(KeyError), queue.place(), queue.turn():
            raise KeyError
    with queue.place(), queue.turn():
        pass


def test_a_question_waits_no_longer_than_the_limit():
    queue = QuestionQueue(Limits(wait_seconds=0.05), workers=1)
    with queue.turn(), pytest.raises(BusyError), queue.turn():
        pass


def test_a_question_that_waits_is_answered_when_a_worker_is_free():
    queue, done = QuestionQueue(Limits(wait_seconds=10), workers=1), threading.Event()

    def wait():
        with queue.turn():
            done.set()

    with queue.turn():
        waiting = threading.Thread(target=wait)
        waiting.start()
        assert not done.wait(0.05)
    waiting.join(10)
    assert done.is_set()


def test_a_client_may_ask_so_many_questions_and_then_one_whenever_time_has_passed(clock):
    queue = QuestionQueue(Limits(per_minute=3), workers=1, clock=clock)
    assert all(asks(queue, "9.9.9.9") for _ in range(3))
    assert refused(queue, "9.9.9.9") == 20
    clock.seconds = 15
    assert refused(queue, "9.9.9.9") == 5
    clock.seconds = 20
    assert asks(queue, "9.9.9.9")
    clock.seconds = 3600
    assert all(asks(queue, "9.9.9.9") for _ in range(3))
    assert refused(queue, "9.9.9.9") == 20


@pytest.mark.parametrize("client", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "", "x"])
def test_this_machine_is_not_counted(client):
    queue = QuestionQueue(Limits(per_minute=1), workers=1)
    assert all(asks(queue, client) for _ in range(9))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8::1", "2001:db8::ffff:1"),
        ("9.9.9.9", "::ffff:9.9.9.9"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ],
)
def test_the_addresses_of_one_client_are_counted_together(clock, one, other):
    queue = QuestionQueue(Limits(per_minute=1), workers=1, clock=clock)
    assert asks(queue, one)
    assert refused(queue, other) == 60
    assert asks(queue, "2001:db8:0:1::1")


def test_as_many_clients_are_remembered_as_there_is_room_for(clock, monkeypatch):
    monkeypatch.setattr("ui.queue.MOST_CLIENTS", 2)
    queue = QuestionQueue(Limits(per_minute=1), workers=1, clock=clock)
    assert all(asks(queue, f"9.9.9.{number}") for number in range(3))
    assert refused(queue, "9.9.9.2") == 60
    assert asks(queue, "9.9.9.0")  # forgotten


def test_a_visitor_who_is_refused_is_told_why_on_the_page(answerer):
    queue = QuestionQueue(Limits(waiting=1), workers=1)
    with queue.place(), queue.place():
        turn = take_turn(Queued(answerer, queue, ""), "What?", [])
    assert turn.problem == BUSY
    assert answerer.asked == []
    assert take_turn(Queued(answerer, queue, ""), "What?", [turn]).answer.citations


def test_questions_are_answered_in_the_order_in_which_they_came():
    queue, order, begun = QuestionQueue(Limits(), workers=1), [], threading.Event()

    def ask(number):
        with queue.turn():
            order.append(number)

    waiting = []
    with queue.turn():
        for number in range(5):
            waiting.append(threading.Thread(target=ask, args=(number,)))
            waiting[-1].start()
            begun.wait(0.05)
    for one in waiting:
        one.join()
    assert order == [0, 1, 2, 3, 4]


def test_a_closed_queue_takes_no_question_and_sends_away_those_that_wait():
    queue, told = QuestionQueue(Limits(), workers=1), []

    def ask():
        try:
            with queue.place(), queue.turn():
                pass
        except BusyError as busy:
            told.append(busy.why)

    with queue.place(), queue.turn():
        waits = threading.Thread(target=ask)
        waits.start()
        while queue.inside < 2:
            pass
        queue.close()
        ask()
        assert told == ["stopping"]
        assert queue.inside == 2, "those inside are answered"
        queue.send_away()
        waits.join(10)
    assert told == ["stopping", "stopping"]
    assert queue.inside == 0
