import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import RRF_K, reciprocal_rank_fusion

rankings = st.lists(st.lists(st.integers(0, 20), unique=True), max_size=4)


def test_a_row_in_both_rankings_comes_before_one_that_leads_a_single_ranking():
    assert [row for row, _ in reciprocal_rank_fusion([[1, 2], [3, 2]])] == [2, 1, 3]


def test_a_score_is_the_sum_of_reciprocal_ranks():
    (row, score), *_ = reciprocal_rank_fusion([[7], [8, 7]])
    assert row == 7
    assert score == pytest.approx(1 / (RRF_K + 1) + 1 / (RRF_K + 2))


def test_a_ranking_counts_by_its_weight():
    assert [row for row, _ in reciprocal_rank_fusion([[1], [2]], weights=[1, 2])] == [2, 1]
    (_, score), *_ = reciprocal_rank_fusion([[1], [2]], weights=[1, 2])
    assert score == pytest.approx(2 / (RRF_K + 1))


def test_equal_scores_are_ordered_by_row():
    assert [row for row, _ in reciprocal_rank_fusion([[9, 1], [1, 9]])] == [1, 9]


@given(rankings)
def test_every_row_comes_out_once_best_first(rankings):
    merged = reciprocal_rank_fusion(rankings)
    assert sorted(row for row, _ in merged) == sorted({row for rows in rankings for row in rows})
    scores = [score for _, score in merged]
    assert scores == sorted(scores, reverse=True)


@given(st.lists(st.integers(0, 20), unique=True))
def test_one_ranking_keeps_its_order(ranking):
    assert [row for row, _ in reciprocal_rank_fusion([ranking])] == ranking
