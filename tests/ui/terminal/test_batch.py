import json

import pytest

from ui.errors import CommandError
from ui.terminal.batch import BatchQuestion, answer_lines, read_questions

LINE = '{"id": "q1", "question": "What?", "history": ["Who?"], "documents": ["d"], "more": 1}'


def test_a_line_is_a_question_with_what_came_before_and_where_to_search():
    assert read_questions([LINE, "", '{"id": "q2", "question": "Q"}'], "f") == (
        BatchQuestion(1, "q1", "What?", ("Who?",), ("d",)),
        BatchQuestion(3, "q2", "Q"),
    )


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"question": "no id"}',
        '{"id": 7, "question": "Q"}',
        '{"id": "q", "question": null}',
        '{"id": "q", "question": "Q", "history": "Who?"}',
        '{"id": "q", "question": "Q", "documents": [1]}',
    ],
)
def test_a_bad_line_is_named_by_its_number(line):
    with pytest.raises(CommandError, match=r"^questions\.jsonl, line 3: .*Correct the line\.$"):
        read_questions([LINE, "", line], "questions.jsonl")


def test_each_question_becomes_one_line_with_its_id(answerer):
    questions = read_questions([LINE, '{"id": "q2", "question": "unknown"}'], "f")
    lines = [json.loads(line) for line in answer_lines(answerer, questions, "f")]
    assert [line["id"] for line in lines] == ["q1", "q2"]
    assert [line["status"] for line in lines] == ["answered", "not_found"]
    assert answerer.asked[0] == ("What?", ("Who?",), ("d",))


def test_a_question_that_cannot_be_asked_makes_the_batch_fail_and_is_named_by_its_line(answerer):
    questions = read_questions(["", '{"id": "q", "question": " "}'], "f")
    with pytest.raises(
        CommandError, match=r"^1 questions could .*; f, line 2: the question is empty"
    ):
        list(answer_lines(answerer, questions, "f"))


def test_what_a_batch_yields_before_it_fails_is_every_answer(answerer):
    questions = read_questions(['{"id": "q", "question": " "}', LINE], "f")
    stream, statuses = answer_lines(answerer, questions, "f"), []
    for _ in questions:
        statuses.append(json.loads(next(stream))["status"])
    assert statuses == ["error", "answered"]
