"""Which of the questions asked are drafted, and in what order."""

import pytest

from evaluation.bank import suggest as module
from evaluation.bank.suggest import Asked, suggest


def asked(question, verdict="", history=(), voice="patient"):
    complains = verdict == "Something is missing"
    return Asked(question, voice, tuple(history), verdict=verdict, complains=complains)


def questions(found):
    return [one.asked.question for one in found.chosen]


def test_nearly_the_same_words_are_one_question():
    found = suggest(
        [
            asked("How long does an oil lamp burn?"),
            asked("Where do kites fly?"),
            asked("how long does an oil-lamp burn"),
            asked("How long does the oil lamp burn?"),
        ],
        [],
        [],
    )
    assert questions(found) == ["How long does an oil lamp burn?", "Where do kites fly?"]
    assert [one.note for one in found.chosen] == ["asked 3 times", "asked once"]


def test_complaints_come_first_then_what_is_asked_most_often():
    found = suggest(
        [
            asked("Where do kites fly?"),
            asked("What is a wick?", "It helps"),
            asked("what is a wick"),
            asked("Are lamps red?", "Something is missing"),
        ],
        [],
        [],
    )
    assert questions(found) == ["Are lamps red?", "What is a wick?", "Where do kites fly?"]


def test_of_one_question_the_wording_of_a_complaint_is_drafted_and_all_verdicts_are_noted():
    found = suggest(
        [
            asked("what is a wick", "It helps"),
            asked("What is a wick??", "Something is missing", voice="educator"),
            asked("What is a wick", "It helps"),
        ],
        [],
        [],
    )
    (one,) = found.chosen
    assert (one.asked.question, one.asked.voice) == ("What is a wick??", "educator")
    assert one.note == "asked 3 times; visitors said “It helps” (2), “Something is missing” (1)"


def test_what_the_bank_or_an_earlier_draft_has_is_not_drafted_again():
    all_asked = [asked("What is a wick?"), asked("Where do kites fly?"), asked("Are lamps red?")]
    found = suggest(all_asked, ["what's a wick? what is a wick"], ["where do kites fly"])
    assert questions(found) == ["What is a wick?", "Are lamps red?"]
    found = suggest(all_asked, ["what is a wick"], ["where do kites fly", "what is a wick"])
    assert questions(found) == ["Are lamps red?"]
    assert (found.in_bank, found.in_drafts, found.later) == (1, 1, 0)


def test_the_same_words_after_another_question_are_another_question():
    found = suggest(
        [asked("How often?", history=["Which oil is used?"]), asked("How often?")],
        ["When do people fly kites? How often?"],
        [],
    )
    assert len(found.chosen) == 2


def test_a_draft_holds_as_many_as_one_goes_through_and_the_rest_is_for_the_next(monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    all_asked = [asked(word) for word in ("alpha", "beta", "gamma", "delta", "epsilon")]
    first = suggest(all_asked, [], [])
    assert (questions(first), first.later) == (["alpha", "beta"], 3)
    assert questions(suggest(all_asked, [], questions(first))) == ["gamma", "delta"]


@pytest.mark.parametrize("many", [0, 1])
def test_nothing_asked_is_nothing_to_draft(many):
    found = suggest([asked("What?")] * many, ["What?"], [])
    assert (found.chosen, found.in_bank) == ((), many)
