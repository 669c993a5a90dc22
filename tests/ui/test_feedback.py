"""What visitors say is one line each, and holds their question only if they agreed."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from ingest.units import Unit
from ui import feedback
from ui.feedback import (
    NOT_KEPT,
    THANKS,
    THANKS_WITH_QUESTION,
    Feedback,
    keep_feedback,
    read_feedback,
)

QUESTION = "Will radiation help my aunt Jane Doe?"


@pytest.fixture
def answers(answerer):
    return {"turn-1": answerer.answer(QUESTION), "turn-2": answerer.answer("unknown")}


@pytest.fixture
def file(tmp_path):
    return tmp_path / "new" / "feedback.jsonl"


def said(verdict, turn="turn-1", **more):
    return {"turn": turn, "verdict": verdict, **more}


def test_a_verdict_is_kept_with_its_quotes_and_without_the_question(answers, file):
    assert keep_feedback(said("wrong_quote", agreed=False), answers, "patient", file) == THANKS
    text = file.read_text(encoding="utf-8")
    record = json.loads(text)
    assert "Jane Doe" not in text
    assert (record["verdict"], record["audience"]) == ("wrong_quote", "patient")
    assert record["status"] == "answered"
    first = answers["turn-1"].citations[0]
    assert record["quotes"][0] == {
        "document": first.doc_id,
        "span": [first.span.start, first.span.end],
    }


def test_the_question_is_kept_if_the_visitor_agreed(answers, file):
    told = keep_feedback(said("missing", agreed=True), answers, "clinician", file)
    assert told == THANKS_WITH_QUESTION
    assert json.loads(file.read_text(encoding="utf-8"))["question"] == QUESTION


@pytest.mark.parametrize("agreed", ["true", 1, None, [True]])
def test_nothing_but_a_tick_is_agreement(answers, file, agreed):
    keep_feedback(said("useful", agreed=agreed), answers, "clinician", file)
    assert "question" not in json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "wanted", [None, "useful", {}, said("rude"), said("useful", "turn-9"), said(["useful"], {})]
)
def test_what_the_page_does_not_offer_is_not_kept(answers, file, wanted):
    assert keep_feedback(wanted, answers, "clinician", file) == ""
    assert not file.exists()


def test_lines_of_many_visitors_stay_whole(answers, file):
    def say(number):
        turn = f"turn-{1 + number % 2}"
        return keep_feedback(said("useful", turn, agreed=True), answers, "educator", file)

    with ThreadPoolExecutor(8) as visitors:
        assert set(visitors.map(say, range(200))) == {THANKS_WITH_QUESTION}
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len([json.loads(line) for line in lines]) == 200


def test_only_its_owner_can_read_the_file(answers, file):
    keep_feedback(said("useful"), answers, "clinician", file)
    assert file.stat().st_mode & 0o077 == 0


def test_a_full_file_or_no_place_for_it_is_told(answers, file, monkeypatch, tmp_path):
    assert keep_feedback(said("useful"), answers, "clinician", tmp_path) == NOT_KEPT
    monkeypatch.setattr(feedback, "MOST_BYTES", 10)
    assert keep_feedback(said("useful"), answers, "clinician", file) == NOT_KEPT
    assert file.read_bytes() == b""


def test_what_was_kept_is_read_again(answers, file):
    keep_feedback(said("missing", agreed=True), answers, "educator", file)
    keep_feedback(said("useful", "turn-2"), answers, "patient", file)
    quotes = tuple(Unit(quote.doc_id, quote.span) for quote in answers["turn-1"].citations)
    first, second = read_feedback(file)
    assert first == Feedback(first.at, "missing", "educator", True, quotes, QUESTION)
    assert second == Feedback(second.at, "useful", "patient", False, ())
    assert abs((datetime.now(UTC) - first.at).total_seconds()) < 60


def test_lines_that_nobody_could_have_left_are_counted_not_read(answers, file):
    keep_feedback(said("useful"), answers, "patient", file)
    good = file.read_bytes()
    changed = [
        (b"useful", b"rude"),
        (b"patient", b"robot"),
        (b'"span": [', b'"span": [9'),
        (b'"quotes"', b'"other"'),
        (b'"answered"', b'"maybe"'),
        (b'"at": "2', b'"at": "x2'),
    ]
    bad = [good.replace(*change) for change in changed]
    bad += [b"{\n", b"[]\n", b"\xff\n", b'{"a":' * 50_000 + b"\n", good[:-9] + b"\n"]
    file.write_bytes(b"\n".join([*bad, good]))
    read = list(read_feedback(file))
    assert read[:-1] == [None] * len(bad)
    assert read[-1].verdict == "useful"


def test_a_line_without_an_end_is_not_held_whole(answers, file, monkeypatch):
    keep_feedback(said("useful"), answers, "patient", file)
    good = file.read_bytes()
    file.write_bytes(b"x" * (3 * len(good)) + b"\n" + good + b"x" * (5 * len(good)))
    monkeypatch.setattr(feedback, "LONGEST_LINE", len(good) + 1)
    assert [line and line.verdict for line in read_feedback(file)] == [None, "useful", None]
