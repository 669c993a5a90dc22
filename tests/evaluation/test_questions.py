"""A question file: what is read, and what is refused with its line."""

import json

import pytest

from evaluation.errors import EvaluationError
from evaluation.questions import Evidence, read_questions, unfounded

HOURS = ("lamps", "Oil lamps burn for six hours.")
WICK = ("lamps", "They need a wick made of cotton [1].")


def test_a_question_keeps_its_history_and_everything_that_answers_it(make_line, make_questions):
    (question,) = make_questions(
        make_line(quotes=[HOURS, WICK], history=["Lamps?"], audience="patient", note="ignored")
    )
    assert question.history == ("Lamps?",)
    assert question.audience == "patient"
    assert question.evidence == (Evidence(*HOURS), Evidence(*WICK))
    assert question.complete_sets == (((Evidence(*HOURS),),),)


def test_equivalent_evidence_and_other_complete_answers_are_resolved(make_line, make_questions):
    (question,) = make_questions(
        make_line(quotes=[HOURS, WICK], equiv={"0": [1]}, alt_required=[[1], [0, 1]])
    )
    hours, wick = Evidence(*HOURS), Evidence(*WICK)
    assert question.complete_sets == (
        ((hours, wick),),
        ((wick,),),
        ((hours, wick), (wick,)),
    )


def test_blank_lines_are_skipped_and_an_audience_is_optional(tmp_path, make_line):
    path = tmp_path / "q.jsonl"
    path.write_text("\n" + json.dumps(make_line(quotes=[HOURS])) + "\n\n", encoding="utf-8")
    assert [question.audience for question in read_questions(path)] == ["any"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"kind": "riddle"}, "the kind 'riddle' is none of fact"),
        ({"question": "  "}, "question is not text"),
        ({"answerable": "yes"}, "answerable is neither true nor false"),
        ({"required": [3]}, "required evidence 3 is not listed, 1 are"),
        ({"required": [-1]}, "required evidence -1 is not listed"),
        ({"required": []}, "lists no required evidence"),
        ({"evidence": [{"doc": "lamps", "quote": "**"}]}, "nothing but mark-up"),
        ({"evidence": [{"doc": "lamps"}]}, "no field 'quote'"),
        ({"history": "Lamps?"}, "history is not a list"),
        ({"id": "q0"}, "an earlier line has the id"),
    ],
)
def test_a_malformed_line_is_named_with_what_is_wrong(make_line, make_questions, change, complaint):
    with pytest.raises(EvaluationError, match=rf"line 2: .*{complaint}.*; fix the line"):
        make_questions(make_line("q0", quotes=[HOURS]), make_line(quotes=[HOURS]) | change)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{", b"[1]"])
def test_a_file_that_holds_no_questions_is_refused(tmp_path, content):
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"q\.jsonl"):
        read_questions(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(EvaluationError, match="name a UTF-8 file"):
        read_questions(tmp_path / "none.jsonl")


def test_evidence_that_is_not_in_the_sources_is_found_mark_up_aside(make_line, make_questions):
    (question,) = make_questions(
        make_line(quotes=[("lamps", "they NEED no wick"), ("lamps", "made of silk")])
    )
    sources = {"lamps": "They need *no*\nwick."}
    assert [evidence.quote for evidence in unfounded(question, sources)] == ["made of silk"]
