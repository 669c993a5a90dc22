"""Emphasised words say what their sentence says: with negation, unit and object, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.choosing.whole import whole


def widened(sentence, words):
    start = sentence.index(words)
    kept = whole(sentence, start, start + len(words))
    return None if kept is None else sentence[slice(*kept)]


@pytest.mark.parametrize(
    ("sentence", "words", "kept"),
    [
        ("The knee received 1,250 cGy in two weeks.", "1,250", "1,250 cGy"),
        ("The mass was 4.1 × 2.0 × 3 cm in size.", "2.0", "4.1 × 2.0 × 3 cm"),
        ("It is taken every 2 or 4 hours.", "2", "every 2 or 4 hours"),
        ("The gap was < 3 mm here.", "3 mm", "< 3 mm"),
        ("He came in 2011 with a cough.", "in 2011", "in 2011"),
        ("It fell by 30% of the first value.", "30%", "30%"),
    ],
)
def test_a_number_keeps_its_unit_and_what_limits_it(sentence, words, kept):
    assert widened(sentence, words) == kept


@pytest.mark.parametrize(
    ("sentence", "words", "kept"),
    [
        ("No venous invasion was seen.", "venous", "No venous invasion"),
        ("No venous invasion was seen.", "No venous", "No venous invasion"),
        ("The drug did not help in this trial.", "help", "did not help"),
        ("It isn’t licensed for gout.", "licensed", "isn’t licensed"),
        ("Bleeding was not seen in the first year.", "Bleeding", "Bleeding was not seen"),
        ("It passed without serious harm.", "serious harm", "without serious harm"),
    ],
)
def test_what_is_denied_keeps_its_negation(sentence, words, kept):
    assert widened(sentence, words) == kept


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("While it is not licensed for gout, it is licensed for arthritis.", "arthritis"),
        ("He never drank and did not smoke tobacco.", "smoke tobacco"),
        ("The trial, which had no arm without the drug, showed a benefit.", "benefit"),
    ],
)
def test_where_a_negation_would_be_left_out_nothing_is_emphasised(sentence, words):
    assert widened(sentence, words) is None


@pytest.mark.parametrize(
    ("sentence", "words", "kept"),
    [
        ("It caused pulmonary nodules in three.", "pulmonary", "pulmonary nodules"),
        ("It targets the receptor of the cell.", "the receptor of", "the receptor"),
        ("Only some adults may take it.", "adults", "Only some adults"),
        ("Apixaban (Eliquis) is one.", "Eliquis)", "Eliquis"),
    ],
)
def test_words_end_with_their_object(sentence, words, kept):
    assert widened(sentence, words) == kept


def test_half_a_bracket_is_not_emphasised():
    assert widened("A drug (one of two) works.", "two) works") is None


def test_words_that_end_nothing_are_not_emphasised():
    assert widened("It is one of the two.", "of the ") is None


@given(st.text(alphabet="a no 3.×(),% mg of", max_size=40), st.integers(0, 40), st.integers(1, 20))
def test_what_is_kept_lies_in_the_sentence(sentence, start, length):
    kept = whole(sentence, start, start + length)
    if kept is not None:
        assert 0 <= kept[0] < kept[1] <= len(sentence)
        assert not sentence[slice(*kept)][0].isspace()
