import logging

from ui.failures import BROKEN, log_failure
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
