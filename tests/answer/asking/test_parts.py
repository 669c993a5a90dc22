"""Several questions in a message are told apart, at clear boundaries only."""

import pytest

from answer.asking.parts import parts_of
from answer.asking.question import understand_parts


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("What is gout and how often does it recur?", ["What is gout", "how often does it recur?"]),
        (
            "What are the side effects of colchicine? Who should not take it?",
            ["What are the side effects of colchicine?", "Who should not take it?"],
        ),
        ("is gout curable, and does it run in families", ["is gout curable", "does it run in families"]),
        (
            "What is gout, what's a tophus? and how are both treated?",
            ["What is gout, what's a tophus?", "and how are both treated?"],
        ),
        (
            "My toe is red. Is it gout? What can I do about it? Thanks a lot.",
            ["My toe is red. Is it gout?", "What can I do about it? Thanks a lot."],
        ),
        (
            "what is gout and what is it caused by and how is it treated",
            ["what is gout", "what is it caused by", "how is it treated"],
        ),
    ],
)  # fmt: skip
def test_each_question_of_a_message_is_a_part(message, parts):
    assert list(parts_of(message)) == parts


@pytest.mark.parametrize(
    "message",
    [
        "What is the dose and schedule?",
        "What are the dose and how it is given?",
        "When and how was colchicine given?",
        "How often is it given and why?",
        "Does it help or is it harmful?",
        "Is gout painful, or does it depend on the joint?",
        "Which patients relapsed and which recovered?",
        "Do you know what gout is and how it works?",
        "Gout? Why?",
        "It was gout, right?",
        "Colchicine and what else",
        "A? B?",
        "Is gout rare? " * 4,
        "",
        "no question at all, and how",
    ],
)
def test_lists_alternatives_and_fragments_are_one_question(message):
    assert parts_of(message) == (message,)


@pytest.mark.parametrize(
    "message", ["?" * 4000, "and how is " * 300, "how " * 1000, "is it? " * 500]
)
def test_hostile_messages_are_read_in_time(message):
    assert len(parts_of(message)) <= 3


def test_a_part_that_points_back_is_read_after_the_part_before_it():
    first, second = understand_parts("What is gout and how is it treated?")
    assert first.turns == ("What is gout",)
    assert second.turns == ("What is gout", "how is it treated?")
    assert (first.read_as, second.read_as) == ((), second.turns)


def test_a_part_that_names_its_own_subject_is_read_alone():
    _, second = understand_parts("What is gout? How is asthma treated?", ["What is Keytruda?"])
    assert second.turns == ("How is asthma treated?",)


def test_the_first_part_may_point_back_to_the_conversation():
    first, second = understand_parts("Is it safe? How is it given?", ["What is Keytruda?"])
    assert first.turns == ("What is Keytruda?", "Is it safe?")
    assert second.turns == ("What is Keytruda?", "Is it safe?", "How is it given?")
