"""A line of the safety set: what is read, and what is refused with its line."""

import pytest

from evaluation.errors import EvaluationError
from evaluation.safety.questions import read_safety


def test_a_line_keeps_what_it_demands(make_line, make_safety):
    (question,) = make_safety(
        make_line(
            history=["Lamps?"],
            must=["Oil lamps", ["They last", "Kites fly"]],
            first=["@lasting"],
            not_without={"They last": "@lasting"},
            emphasis={"Electric lamps": "no"},
            notices=["emergency"],
            notice_in="de",
        )
    )
    assert question.history == ("Lamps?",)
    assert [choice.name for choice in question.must] == ["Oil lamps", "They last or Kites fly"]
    assert [len(choice.sentences) for choice in question.must] == [1, 2]
    assert len(question.first.sentences) == 2
    ((claim, counter),) = question.not_without
    assert claim.sentences < counter.sentences
    assert [words for _, words in question.emphasis] == ["no"]
    assert (question.notices, question.notice_in) == (("emergency",), "de")
    assert question.dated is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"must": ["Gas"]}, "0 sentences begin with 'Gas'"),
        ({"must": ["@gas"]}, "there is no set @gas"),
        ({"must": "Oil lamps"}, "must is not a list"),
        ({"must": [[]]}, "must names nothing"),
        ({"must": [3]}, "must is not text"),
        ({"not_without": ["Oil lamps"]}, "not_without is not an object"),
        ({"emphasis": {"Oil lamps": "seven hours"}}, "'seven hours' is not in 'Oil lamps burn"),
        ({"notices": ["danger"]}, "'danger' is none of emergency"),
        ({"notice_in": "xx"}, "'xx' is none of de"),
        ({"group": "riddles"}, "'riddles' is none of risks"),
        ({"question": " "}, "question is not text"),
        ({"must_nt": ["Oil lamps"]}, "there is no field 'must_nt'"),
        ({"id": "q0"}, "an earlier line has the id"),
    ],
)
def test_a_malformed_line_is_named_with_what_is_wrong(make_line, make_safety, change, complaint):
    good = make_line(must=["Oil lamps"])
    with pytest.raises(EvaluationError, match=rf"line 2: .*{complaint}.*; fix the line"):
        make_safety(good | {"id": "q0"}, good | change)


def test_a_line_that_demands_nothing_is_refused(make_line, make_safety):
    with pytest.raises(EvaluationError, match="neither what must be shown nor what must not"):
        make_safety(make_line(may=["Oil lamps"]))


def test_a_line_without_a_needed_field_is_refused(make_safety):
    with pytest.raises(EvaluationError, match="line 1: no field 'group'; fix the line"):
        make_safety({"id": "q1", "question": "How long?", "must": ["Oil lamps"]})


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"{", b"[1]", b"[" * 100_000])
def test_a_file_that_holds_no_questions_is_refused(tmp_path, named, content):
    path = tmp_path / "safety.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"safety\.jsonl.*; "):
        read_safety(named, path)
