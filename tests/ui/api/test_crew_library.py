"""Workers answer from a real library, say what the server itself says, and follow its changes."""

import json
import time

import pytest

from answer.build import build
from answer.pipeline import load_answerer
from tests.ui.serving.test_real_library import ASTHMA, GOUT, write
from ui.api.crew import Crew
from ui.api.desk import Reply, answered
from ui.api.request import AskRequest
from ui.settings import Places

pytestmark = pytest.mark.slow
ASKED = AskRequest(question="Which drug helps against the pain of gout?")
SECONDS = 120


def record(reply):
    answer = json.loads(reply.body)
    del answer["timing_ms"]
    return answer


@pytest.fixture
def library(tmp_path):
    places = Places(tmp_path / "corpus", tmp_path / "index")
    write(places.corpus, gout=GOUT)
    build(places.corpus, places.index)
    return places


def test_a_worker_says_what_the_server_says_and_follows_the_library(library):
    crew = Crew(library, 1)
    deadline = time.monotonic() + SECONDS
    while not crew.is_ready:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    try:
        old = record(crew.answer(ASKED))
        here = load_answerer(library.corpus, library.index)
        assert old == record(Reply.of(answered(here, ASKED)))
        assert old["status"] == "answered"
        write(library.corpus, gout=GOUT, asthma=ASTHMA)
        build(library.corpus, library.index)
        while (new := record(crew.answer(ASKED)))["library"]["documents"] == 1:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert [quote["text"] for quote in new["quotes"]] == [
            quote["text"] for quote in old["quotes"]
        ]
        assert crew.restarts == 0
    finally:
        crew.end()
    assert crew.pids == [] or time.sleep(1) or crew.pids == []
