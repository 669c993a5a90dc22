"""A label, a bare caption and a by-line are no answers; an instruction of two words is one."""

import pytest

from answer.weighing.fragments import asks_for_by_line, is_by_line, is_fragment
from ingest.document import Sentence, Span


def sentence(text, kind="sentence"):
    return Sentence("doc", Span(0, len(text)), text, kind, 0, 0)


@pytest.mark.parametrize("text", ["Setting.", "This includes:", "Results and"])
def test_a_label_is_a_fragment(text):
    assert is_fragment(sentence(text))


@pytest.mark.parametrize("text", ["Call 911.", "Stop smoking.", "Grade 3.", "It is contagious."])
def test_an_instruction_a_number_and_a_short_statement_are_not(text):
    assert not is_fragment(sentence(text))


def test_a_caption_is_a_fragment_if_it_only_names_what_is_shown():
    assert is_fragment(sentence("Table 3. Patients' characteristics", "caption"))
    assert not is_fragment(sentence("Figure 1. Pain fell in both groups.", "caption"))


def test_an_item_of_a_list_may_be_short():
    assert not is_fragment(sentence("fever", "item"))


@pytest.mark.parametrize(
    "text",
    [
        "Amina Yusuf, Bo Li, Carla Ruiz",
        "Keywords: Exercise, Heart Failure, Quality of Life",
        "Department of Surgery, Lakeside University, Lakeside, 10115 Norland",
    ],
)
def test_names_places_and_institutions_are_a_by_line(text):
    assert is_by_line(sentence(text, "line"))


@pytest.mark.parametrize(
    "text", ["Repair or replace heart valves", "Written consent was obtained.", "6% 135 7% 170"]
)
def test_other_lines_are_not(text):
    assert not is_by_line(sentence(text, "line"))


@pytest.mark.parametrize(
    "question", ["Who wrote this?", "at which hospital was she treated", "authors of the trial"]
)
def test_a_question_may_ask_for_a_by_line(question):
    assert asks_for_by_line(question)


@pytest.mark.parametrize("question", ["how often is it given", "What is a stem cell?"])
def test_most_questions_do_not(question):
    assert not asks_for_by_line(question)
