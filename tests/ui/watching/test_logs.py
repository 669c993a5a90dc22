"""A log for programs: one JSON object a line, whoever logs, without a word of what was asked."""

import io
import json
import logging

import pytest

from ui.watching import logs
from ui.watching.logs import REQUEST, begin_log, tell

PERSON = "Jane Doe"


@pytest.fixture
def written(monkeypatch):
    """What is logged from here on, by handlers with the format that all of ours have."""
    before, written = logging.getLogRecordFactory(), io.StringIO()
    root, ours = logging.getLogger(), logging.getLogger(logs.OURS)
    handler, level = logging.StreamHandler(written), ours.level
    handler.setFormatter(logging.Formatter(logs.LINE))
    root.addHandler(handler)
    yield written
    logging.setLogRecordFactory(before)
    root.removeHandler(handler)
    ours.setLevel(level)


def lines(written):
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_event_is_one_line_with_its_facts_and_its_request(written):
    begin_log()
    token = REQUEST.set("0123abcd")
    tell("question", outcome="answered", total_ms=83.1)
    REQUEST.reset(token)
    tell("started")
    asked, started = lines(written)
    assert asked.pop("time").endswith("+00:00")
    assert asked == {
        "level": "info",
        "event": "question",
        "request": "0123abcd",
        "outcome": "answered",
        "total_ms": 83.1,
    }
    assert (started["event"], "request" in started) == ("started", False)


def test_what_a_library_logs_is_one_line_too_with_its_failure_but_no_word_of_it(written):
    begin_log()
    try:
        raise ValueError(PERSON)
    except ValueError as error:
        logging.getLogger("some.library").exception("it\nfailed")
        logging.getLogger("some.library").error("again: %s", error)
    first, second = lines(written)
    assert (first["event"], first["logger"], first["said"]) == ("log", "some.library", "it\nfailed")
    assert first["failure"].startswith("ValueError\n")
    assert second["said"] == "again: ValueError"
    assert PERSON not in written.getvalue()


def test_on_a_terminal_a_failure_is_text_and_nothing_else_is_logged(written, monkeypatch):
    monkeypatch.setattr(logs, "is_for_programs", lambda: False)
    begin_log()
    tell("started")
    logging.getLogger("some.library").error("it failed")
    assert written.getvalue() == "it failed\n"
