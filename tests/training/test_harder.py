"""A trained reader's mistakes come first: the windows and the questions it still gets wrong."""

import pytest

from training.data.examples import Example
from training.data.harder import MARGIN, by_mistakes

EASY, HARD = 5.0, 5.0 - MARGIN / 2
RIGHT = Example("Q?", (), ("right", "wrong"), (1, 0))


def near_miss(text):
    return Example("Q?", (), (text,), (0,))


def read_as(**logits):
    return lambda example: [logits[sentence] for sentence in example.sentences]


def test_the_windows_that_mislead_most_come_right_after_those_that_answer():
    group = [near_miss("mild"), near_miss("worse"), RIGHT]
    found = by_mistakes(group, read_as(right=5.0, wrong=-3.0, mild=-2.0, worse=1.0))
    assert [example.sentences[0] for example in found] == ["right", "worse", "mild"]


@pytest.mark.parametrize(
    ("logits", "origin"),
    [
        ({"right": EASY, "wrong": 0.0, "other": 0.0}, "easy"),
        ({"right": EASY, "wrong": 0.0, "other": HARD}, "hard"),
        ({"right": EASY, "wrong": HARD, "other": 0.0}, "hard"),
        ({"right": MARGIN / 2, "wrong": -9.0, "other": -9.0}, "hard"),
    ],
)
def test_a_question_is_hard_if_a_wrong_sentence_or_none_comes_close_to_the_right_one(
    logits, origin
):
    found = by_mistakes([RIGHT, near_miss("other")], read_as(**logits))
    assert {example.origin for example in found} == {origin}


@pytest.mark.parametrize(("logit", "origin"), [(-9.0, "easy"), (0.0, "hard")])
def test_without_an_answer_it_is_hard_if_a_sentence_looks_like_one(logit, origin):
    (found,) = by_mistakes([near_miss("other")], read_as(other=logit))
    assert found.origin == origin
