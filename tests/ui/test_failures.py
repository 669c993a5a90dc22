import asyncio
import gc
import io
import logging

import pytest

from ui.failures import BROKEN, keep_messages_out_of_logs, log_failure
from ui.turns import Turn, take_turn

PERSON = "Jane Doe"

logger = logging.getLogger(__name__)


def answer(question):
    try:
        raise KeyError(question)
    except KeyError as error:
        raise ValueError(question) from error


def test_the_log_gets_the_kinds_and_the_places_of_a_failure_and_no_word_of_it(caplog):
    try:
        answer(PERSON)
    except ValueError as error:
        log_failure(logger, error)
    assert "could not be answered: ValueError\n" in caplog.text
    assert "caused by KeyError\n" in caplog.text
    assert caplog.text.count("test_failures.py") >= 3
    assert PERSON not in caplog.text


def test_a_turn_that_fails_says_so_and_keeps_the_question_out_of_the_log(answerer, caplog):
    turn = take_turn(answerer, "crash of Jane Doe", [])
    assert turn == Turn(1, "crash of Jane Doe", None, BROKEN)
    assert "RuntimeError" in caplog.text
    assert "conftest.py" in caplog.text
    assert "Jane Doe" not in caplog.text


@pytest.fixture
def written():
    """What a library's own logger writes in this process while messages are kept out."""
    before, written = logging.getLogRecordFactory(), io.StringIO()
    root, handler = logging.getLogger(), logging.StreamHandler(written)
    root.addHandler(handler)
    keep_messages_out_of_logs()
    yield logging.getLogger("some.library"), written
    logging.setLogRecordFactory(before)
    root.removeHandler(handler)


def test_what_a_library_logs_of_a_failure_has_no_word_of_it_either(written):
    theirs, text = written
    try:
        answer(PERSON)
    except ValueError as error:
        theirs.exception("it failed")
        theirs.error("again", exc_info=error)
    theirs.error("without a failure", exc_info=True)
    assert text.getvalue().count("ValueError\n") == 2
    assert text.getvalue().count("caused by KeyError\n") == 2
    assert "test_failures.py" in text.getvalue()
    assert PERSON not in text.getvalue()


def test_a_failure_that_is_part_of_a_librarys_message_is_told_by_its_kind(written):
    theirs, text = written
    theirs.error("it failed: %s, then %s in %d s", ValueError(PERSON), KeyError(PERSON), 3)
    theirs.error("it failed: %(what)s", {"what": "nothing"})
    assert text.getvalue() == "it failed: ValueError, then KeyError in 3 s\nit failed: nothing\n"


def test_a_task_that_fails_unnoticed_is_logged_without_a_word_of_it(written):
    async def fail():
        answer(PERSON)

    async def forget():
        task = asyncio.create_task(fail())
        await asyncio.wait([task])

    asyncio.run(forget())
    gc.collect()
    assert "never retrieved\nValueError\n" in written[1].getvalue()
    assert PERSON not in written[1].getvalue()


def test_a_failure_that_is_its_own_cause_is_told_once(caplog):
    failure = ValueError(PERSON)
    failure.__cause__ = KeyError(PERSON)
    failure.__cause__.__cause__ = failure
    log_failure(logger, failure)
    assert caplog.text.count("ValueError") == 1
