"""Reliability and risk–coverage data, and the pictures of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.curves import (
    Outcome,
    Point,
    calibration_error,
    first_scores,
    operating_point,
    quote_scores,
    reliability,
    risk_coverage,
)
from evaluation.figures import near_miss_auroc, values
from evaluation.judge import Reply, Shown, judge
from evaluation.plots import plot_reliability, plot_risk_coverage

HOURS, YEARS = "Oil lamps burn for six hours.", "Electric lamps last for years."
SOURCES = {"lamps": f"{HOURS} {YEARS}"}

SCORED = st.builds(Outcome, st.floats(0, 1), st.booleans())


def shown(text, score):
    return Shown("lamps", text, (text,), score)


@pytest.fixture
def rows(make_line, make_questions):
    """One right answer, one declined question, one near miss answered, one emergency."""
    questions = make_questions(
        make_line("q1", quotes=[("lamps", HOURS)]),
        make_line("q2", quotes=[("lamps", HOURS)]),
        make_line("q3", "near_miss", answerable=False),
        make_line("q4", "emergency", answerable=False),
    )
    replies = [
        Reply(True, (shown(HOURS, 0.9), shown(YEARS, 0.4)), (), frozenset(), 1.0),
        Reply(False, (), (shown(HOURS, 0.3),), frozenset(), 1.0),
        Reply(True, (shown(YEARS, 0.6),), (), frozenset(), 1.0),
        Reply(True, (shown(YEARS, 0.99),), (), frozenset(), 1.0),
    ]
    return [judge(q, reply, SOURCES) for q, reply in zip(questions, replies, strict=True)]


def test_scores_are_taken_of_quotes_that_evidence_can_judge(rows):
    shown_only = [Outcome(0.9, True), Outcome(0.4, False), Outcome(0.6, False)]
    assert list(quote_scores(rows, with_related=False)) == shown_only
    assert Outcome(0.3, True) in quote_scores(rows, with_related=True)


def test_a_higher_bar_answers_fewer_questions(rows):
    points = risk_coverage(first_scores(rows))
    assert points == (
        Point(0.9, pytest.approx(1 / 3), 0.0),
        Point(0.6, pytest.approx(2 / 3), 0.5),
        Point(0.3, 1.0, pytest.approx(1 / 3)),
    )


def test_the_likeliest_unit_counts_whether_it_was_shown_or_not(rows):
    assert [row.is_best_right for row in rows] == [True, True, False, False]
    assert values(rows)["R@1"] == 1
    assert values(rows)["hit@1"] == 1 / 2


def test_near_misses_are_told_apart_by_the_top_score(rows):
    assert near_miss_auroc(rows).value == 1 / 2  # .9 is above .6, .3 is not
    assert near_miss_auroc(rows[:2]) is None


def test_the_operating_point_is_what_was_answered(rows):
    assert operating_point(rows) == Point(0.6, pytest.approx(2 / 3), 0.5)
    assert operating_point(rows[3:]) is None
    assert operating_point(rows[1:2]) == Point(1.0, 0.0, 0.0)


def test_bins_hold_scores_of_a_tenth_and_a_full_score_is_in_the_last():
    bins = reliability([Outcome(0.91, True), Outcome(1.0, False), Outcome(0.05, False)])
    assert [(one.n, one.share_right) for one in bins] == [(1, 0.0), (2, 0.5)]
    assert bins[1].mean_score == pytest.approx(0.955)


def test_the_calibration_error_weighs_each_bin_by_its_quotes():
    scored = [Outcome(0.85, True)] * 3 + [Outcome(0.25, True)]
    error = calibration_error(reliability(scored))
    assert error == pytest.approx(0.75 * 0.15 + 0.25 * 0.75)
    assert calibration_error([]) is None


@given(st.lists(SCORED, min_size=1))
def test_coverage_grows_to_one_and_ends_at_the_share_of_wrong_answers(scored):
    points = risk_coverage(scored)
    coverages = [point.coverage for point in points]
    assert coverages == sorted(set(coverages))
    assert coverages[-1] == 1
    assert points[-1].risk == pytest.approx(sum(not s.is_right for s in scored) / len(scored))


@given(st.lists(SCORED))
def test_every_quote_is_in_one_bin(scored):
    assert sum(one.n for one in reliability(scored)) == len(scored)


def test_the_pictures_are_png_and_the_same_data_draw_the_same_bytes(rows, tmp_path):
    for name in ("a", "b"):
        plot_reliability(reliability(quote_scores(rows, with_related=True)), tmp_path / f"{name}r")
        points = risk_coverage(first_scores(rows))
        plot_risk_coverage(points, operating_point(rows), tmp_path / f"{name}c")
    assert (tmp_path / "ar").read_bytes().startswith(b"\x89PNG")
    for kind in "rc":
        assert (tmp_path / f"a{kind}").read_bytes() == (tmp_path / f"b{kind}").read_bytes()


def test_nothing_to_draw_still_gives_a_picture(tmp_path):
    plot_reliability([], tmp_path / "r.png")
    plot_risk_coverage([], None, tmp_path / "c.png")
    assert (tmp_path / "c.png").stat().st_size > 1000
