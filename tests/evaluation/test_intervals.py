"""Bootstrap intervals over questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.intervals import auroc, estimate

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=9)


def shares(n_right, n):
    return [[(int(at < n_right), 1) for at in range(n)]]


def test_the_interval_of_a_share_is_about_two_standard_errors_each_way():
    found = estimate(shares(80, 100))
    assert found.value == 0.8
    assert found.low == pytest.approx(0.8 - 1.96 * 0.04, abs=0.015)
    assert found.high == pytest.approx(0.8 + 1.96 * 0.04, abs=0.015)


def test_more_questions_make_a_narrower_interval():
    few, many = estimate(shares(8, 10)), estimate(shares(800, 1000))
    assert many.high - many.low < (few.high - few.low) / 5


def test_the_same_questions_give_the_same_interval():
    assert estimate(shares(7, 20)) == estimate(shares(7, 20))


def test_questions_that_show_more_quotes_weigh_more():
    assert estimate([[(1, 1), (0, 3)]]).value == 0.25


def test_a_mean_of_two_shares_has_both_sides_equally():
    assert estimate([[(1, 1), (1, 1), (0, 0)], [(0, 0), (0, 0), (0, 1)]]).value == 0.5


@pytest.mark.parametrize("terms", [[[]], [[(0, 0), (0, 0)]], [[(1, 1)], [(0, 0)]]])
def test_a_figure_without_anything_to_count_does_not_exist(terms):
    assert estimate(terms) is None


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_an_interval_holds_its_figure_and_stays_between_0_and_1(flags):
    found = estimate([[(flag, 1) for flag in flags]])
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_area_is_how_often_a_pair_is_in_order_with_ties_as_half():
    assert auroc([0.9, 0.5], [0.5, 0.1]).value == pytest.approx((1 + 1 + 0.5 + 1) / 4)
    assert auroc([0.1], [0.9]).value == 0


@given(SCORES, SCORES)
def test_the_area_of_the_other_way_round_is_the_rest(positives, negatives):
    there, back = auroc(positives, negatives), auroc(negatives, positives)
    assert there.value + back.value == pytest.approx(1)
    assert 0 <= there.low <= there.high <= 1


def test_scores_of_one_kind_alone_have_no_area():
    assert auroc([], [0.5]) is None
    assert auroc([0.5], []) is None


def test_more_questions_make_a_narrower_interval_of_the_area():
    few, many = auroc([0.3, 0.7] * 4, [0.5] * 8), auroc([0.3, 0.7] * 100, [0.5] * 200)
    assert many.high - many.low < (few.high - few.low) / 3
