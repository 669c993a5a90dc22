"""A line of a draft names the quotes that a question got, and claims as little as possible."""

import json

import pytest

from answer.errors import QuestionError
from bank.questions import Quotable, known_question
from evaluation.bank.lines import draft_line
from evaluation.bank.suggest import Asked, Suggestion
from ingest.document import Span
from ingest.units import Unit, units_of

REPLIES = {
    "burn": [("lamps", "Oil lamps", 0.9), ("lamps", "They need", 0.4)],
    "parts": [("kites", "A kite has", 0.9)],
}


@pytest.fixture
def drafted(make_answerer):
    """Draft a question that was asked."""
    answerer = make_answerer(REPLIES)

    def drafted(question, voice="clinician", **more):
        suggestion = Suggestion(Asked(question, voice, **more), 1, {}, 0)
        return json.loads(json.dumps(draft_line(answerer, suggestion)))

    return drafted


def quotes(items):
    return [(item["doc"], item["quote"]) for item in items]


def test_only_the_best_quote_is_said_to_answer(drafted):
    line = drafted("How long do they burn?")
    assert list(line) == ["question", "note", "kind", "voice", "required", "helpful"]
    assert (line["kind"], line["voice"], line["note"]) == ("fact", "clinician", "asked once")
    assert quotes(line["required"][0]) == [("lamps", "Oil lamps burn for six hours.")]
    assert quotes(line["helpful"]) == [("lamps", "They need a wick made of cotton [1].")]


def test_a_line_as_drafted_is_one_that_the_bank_can_read(drafted, documents):
    for question in ("How long do they burn?", "Who lit it?"):
        assert known_question(drafted(question), Quotable(documents), "").question == question


def test_without_quotes_it_is_drafted_as_a_near_miss_beside_the_closest_ones(drafted):
    line = drafted("Who lit it?", "patient")
    assert (line["kind"], line["reason"]) == ("near_miss", "")
    assert quotes(line["closest"]) == [("kites", "Kites fly in steady wind.")]
    assert "required" not in line


def test_the_quotes_are_those_that_the_visitor_saw(drafted, documents):
    seen = documents["lamps"].sentences[4]
    line = drafted("How long do they burn?", shown=(Unit("lamps", seen.span),))
    assert quotes(line["required"][0]) == [("lamps", seen.text)]
    assert "helpful" not in line


def test_a_list_is_named_by_its_lead_in(drafted, documents):
    units = units_of(documents["kites"].sentences)
    whole = next(unit for unit in units if units.count(unit) > 1)
    for line in (drafted("Which one?", shown=(whole,)), drafted("Which parts?")):
        assert quotes(line["required"][0]) == [("kites", "A kite has these parts:")]


@pytest.mark.parametrize("gone", [Unit("gone", Span(0, 3)), Unit("lamps", Span(1, 3))])
def test_quotes_that_the_documents_no_longer_have_are_those_of_today(drafted, documents, gone):
    there = Unit("lamps", documents["lamps"].sentences[4].span)
    line = drafted("How long do they burn?", shown=(there, gone))
    assert quotes(line["required"][0]) == [("lamps", "Oil lamps burn for six hours.")]


@pytest.mark.parametrize(
    ("question", "more", "kind"),
    [
        ("How long do they burn?", {"voice": "patient"}, "lay"),
        ("How long do they burn?", {"history": ("Which oil?",)}, "followup"),
        ("Should I let it burn?", {}, "personal"),
        ("I cannot breathe, it burns, what do I do?", {}, "emergency"),
    ],
)
def test_the_kind_is_a_guess_from_the_question(drafted, question, more, kind):
    line = drafted(question, **more)
    assert line["kind"] == kind
    assert line.get("history", []) == list(more.get("history", ()))
    if kind in ("personal", "emergency"):
        assert "required" not in line
        assert len(line["helpful"]) == 2


def test_a_question_that_cannot_be_asked_says_why(drafted):
    with pytest.raises(QuestionError, match="ask in words"):
        drafted("?!")
