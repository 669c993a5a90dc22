import json

import pytest

from ui.errors import CommandError
from ui.terminal.batch import BatchQuestion, answer_lines, read_questions

LINE = '{"id": "q1", "question": "What?", "history": ["Who?"], "documents": ["case_report"], "more": 1}'
MALFORMED = [
    ("{", "not a JSON object"),
    ('{"id": "q", "question": "Q"', "at character 28"),
    ('{"id": "q", "question": "Q"} and more', "not a JSON object"),
    ('{"a":' * 50_000, "nested too deeply"),
    ('{"question": null}', '"question" must be a string'),
    ('{"id": true, "question": "Q"}', '"id" must be a string or a number'),
    ('{"question": "Q", "history": "Who?"}', '"history" must be a list of strings'),
    ('{"question": "Q", "documents": [1]}', '"documents" must be a list of strings'),
    ('{"question": "\\ud800"}', "half a surrogate pair"),
]


def answered(answerer, lines):
    """Return the records of a batch and what its failure says; empty if it does not fail."""
    records = []
    try:
        for line in answer_lines(answerer, read_questions(lines), "f"):
            records.append(json.loads(line))
    except CommandError as error:
        return records, str(error)
    return records, ""


def test_a_line_of_json_is_a_question_with_what_came_before_and_where_to_search():
    assert read_questions([LINE, "", ' {"id": "q2", "question": "Q"}\r']) == (
        BatchQuestion(1, "q1", "What?", ("Who?",), ("case_report",)),
        BatchQuestion(3, "q2", "Q"),
    )


def test_any_other_line_is_itself_the_question_and_its_number_the_id():
    assert read_questions(["What? ", "", "[1] says what?"]) == (
        BatchQuestion(1, "1", "What?"),
        BatchQuestion(3, "3", "[1] says what?"),
    )


@pytest.mark.parametrize(
    ("given", "question_id"),
    [("", "2"), ('"id": null,', "2"), ('"id": 7,', "7"), ('"id": 7.5,', "7.5"), ('"id": "",', "")],
)
def test_an_id_may_be_a_number_or_missing(given, question_id):
    (question,) = read_questions(["", f'{{{given} "question": "Q"}}'])
    assert question.id == question_id


def test_each_question_becomes_one_line_with_its_id(answerer):
    records, failure = answered(answerer, [LINE, "unknown"])
    assert [record["id"] for record in records] == ["q1", "2"]
    assert [record["status"] for record in records] == ["answered", "not_found"]
    assert answerer.asked[0] == ("What?", ("Who?",), ("case_report",))
    assert failure == ""


@pytest.mark.parametrize(("line", "told"), MALFORMED, ids=[told for _, told in MALFORMED])
def test_a_malformed_line_is_told_in_its_place_and_does_not_stop_the_batch(answerer, line, told):
    records, failure = answered(answerer, ["What?", line, "Who?"])
    assert [record["status"] for record in records] == ["answered", "error", "answered"]
    assert list(records[1]) == ["id", "question", "status", "error"]
    assert records[1]["question"] == line
    assert told in records[1]["error"]
    assert failure.startswith("1 question could not be asked; f, line 2: ")
    assert failure.endswith("; correct the line")


def test_a_malformed_line_keeps_the_id_that_can_be_read(answerer):
    records, _ = answered(answerer, ['{"id": "q7", "question": 1}', '{"question": 1}'])
    assert [record["id"] for record in records] == ["q7", "2"]


def test_all_that_could_not_be_asked_are_counted_and_the_first_is_named(answerer):
    records, failure = answered(answerer, ["What?", '{"id": "q", "question": " "}', "{", "{"])
    assert [record["status"] for record in records] == ["answered", "error", "error", "error"]
    assert records[1]["error"] == "the question is empty: type one"
    assert failure == "3 questions could not be asked; f, line 2: the question is empty: type one"
