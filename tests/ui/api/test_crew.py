"""Worker processes answer for the server: as it would, together, and without any of them too."""

import json
import os
import re
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.ui.embed_site import fake_process, free_port
from tests.ui.web.asking import ask, get
from ui.api.desk import Reply
from ui.api.problems import RefusedError
from ui.api.request import AskRequest
from ui.api.worker import read_reply, reply_to

LONG = "slow " * 10
"""Takes two seconds."""


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def metrics():
    return free_port()


@pytest.fixture(scope="module")
def server(log, metrics):
    variables = {"FAKE_WORKERS": "2", "FAKE_METRICS": str(metrics)}
    with fake_process(log, "127.0.0.1", "*", **variables) as (address, process):
        until(lambda: len(workers(process)) == 2 and get(f"{address}/readyz")[0] == 200)
        time.sleep(1)  # the second one may come later
        yield address, process


def workers(process):
    """The workers of a server; multiprocessing has a process of its own beside them."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    threads = Path(f"/proc/{process.pid}/task").glob("*/children")
    pids = {int(one) for path in (children, *threads) for one in path.read_text().split()}
    lines = {pid: Path(f"/proc/{pid}/cmdline").read_text() for pid in pids}
    return [pid for pid, line in lines.items() if "spawn_main" in line]


def until(is_so, seconds=60):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def told(metrics, name):
    with urlopen(f"http://127.0.0.1:{metrics}/metrics", timeout=10) as answer:
        return float(re.search(rf"^quotewell_{name} (.+)$", answer.read().decode(), re.M)[1])


def test_a_frame_holds_the_answer_that_the_server_itself_would_give(answerer):
    request = AskRequest(question="radiation", history=["𝒳?"], documents=["case_report"])
    reply = read_reply(reply_to(request.model_dump_json().encode(), lambda: answerer))
    assert (reply.outcome, json.loads(reply.body)["status"]) == ("answered", "answered")
    assert answerer.asked == [("radiation", ("𝒳?",), ("case_report",))]
    assert isinstance(reply, Reply)


@pytest.mark.parametrize(("question", "status"), [(" ", 422), ("crash of Jane Doe", 500)])
def test_a_frame_holds_a_refusal_without_the_question(answerer, question, status):
    frame = reply_to(AskRequest(question=question).model_dump_json().encode(), lambda: answerer)
    with pytest.raises(RefusedError) as refused:
        read_reply(frame)
    assert refused.value.status == status
    assert b"Jane" not in frame


@pytest.mark.slow
def test_two_questions_are_answered_by_two_processes_at_once(server):
    address, _ = server
    began = time.monotonic()
    with ThreadPoolExecutor() as clients:
        answers = list(clients.map(lambda n: ask(address, f"{LONG}{n}")[0], range(2)))
    assert answers == [200, 200]
    assert time.monotonic() - began < 3.9


@pytest.mark.slow
def test_the_metrics_of_all_processes_are_told_together(server, metrics):
    address, _ = server
    before = told(metrics, 'questions_total{outcome="answered"}')
    with ThreadPoolExecutor() as clients:
        list(clients.map(lambda n: ask(address, f"radiation {n}"), range(10)))
    assert told(metrics, 'questions_total{outcome="answered"}') == before + 10
    assert told(metrics, "processes") == 3


@pytest.mark.slow
def test_a_worker_that_ends_over_a_question_is_replaced_and_its_client_told(server, metrics):
    address, process = server
    before, restarts = set(workers(process)), told(metrics, "worker_restarts_total")
    with ThreadPoolExecutor() as clients:
        asked = [clients.submit(ask, address, f"{LONG}{n}") for n in range(2)]
        time.sleep(0.7)
        os.kill(min(before), signal.SIGKILL)
        answers = [one.result() for one in asked]
    assert Counter(status for status, _ in answers) == {200: 1, 503: 1}
    problem = next(problem for status, problem in answers if status == 503)
    assert "ended unexpectedly" in problem["detail"]
    assert ask(address, "radiation")[0] == 200, "the other one answers"
    until(lambda: len(set(workers(process)) - before) == 1)
    assert told(metrics, "worker_restarts_total") == restarts + 1


@pytest.mark.slow
def test_without_any_worker_a_question_waits_for_the_next_one(server):
    address, process = server
    until(lambda: len(workers(process)) == 2)
    for pid in workers(process):
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.3)
    assert get(f"{address}/readyz") == (503, {"status": "starting"})
    assert get(f"{address}/healthz")[0] == 200
    assert ask(address, "radiation")[0] == 200


@pytest.mark.slow
def test_workers_end_with_their_server_however_it_ends(tmp_path):
    for stop in (signal.SIGTERM, signal.SIGKILL):
        with fake_process(tmp_path / "log", "127.0.0.1", "*", FAKE_WORKERS="2") as (_, process):
            until(lambda p=process: len(workers(p)) == 2)
            time.sleep(2)
            pids = workers(process)
            process.send_signal(stop)
            process.wait(20)
            until(lambda p=pids: not any(Path(f"/proc/{one}/cmdline").exists() for one in p), 20)
