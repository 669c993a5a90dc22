"""What surrounds a question is left out of what is searched for; the question never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.asking.courtesy import without_courtesy
from answer.asking.question import understand


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("Good evening, who pays for it?", "who pays for it?"),
        ("I am a nurse on a heart ward: how is it given?", "how is it given?"),
        ("Sorry to disturb you! Is it a pill? Many thanks.", "Is it a pill?"),
        ("We are writing an essay. What is PD-1?", "What is PD-1?"),
        ("He fell, thank you note in hand, and broke a leg", None),
        ("40.2 and shivering, thanks to the drip", None),
        ("What is sepsis?", None),
        ("Thank you!", None),
    ],
)
def test_courtesies_around_a_question_are_left_out(asked, left):
    assert without_courtesy(asked) == (left or asked)


@given(st.text())
def test_what_is_left_is_a_part_of_what_was_typed(text):
    assert without_courtesy(text).strip() in text


def test_thanks_in_between_do_not_part_a_question_from_the_one_it_depends_on():
    history = ["Hello, what is a port?", "Thank you!", "ok"]
    assert understand("How is it placed?", history).text == "what is a port? How is it placed?"


def test_what_was_asked_is_kept_as_typed_beside_what_is_searched_for():
    query = understand("Hello, what is a port?")
    assert (query.asked, query.text) == ("Hello, what is a port?", "what is a port?")
