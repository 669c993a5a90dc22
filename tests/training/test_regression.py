"""Bars and figures of a calibration: precise where that costs nothing, and measured without bars."""

from dataclasses import astuple

import numpy as np
import pytest

from ingest.document import Span
from ingest.units import Unit
from training.measure import Measured
from training.regression import bar_free_figures, best_bars, figures

FIRST, SECOND = Unit("doc", Span(0, 5)), Unit("doc", Span(5, 9))


def question(kind, right):
    answers = np.array([FIRST in right, SECOND in right])
    needs = (frozenset(right),) if right else ()
    none = np.array([False, False])
    return Measured(kind, "library", (FIRST, SECOND), np.zeros((2, 1)), answers, none, needs)


QUESTIONS = [question("fact", {FIRST}), question("fact", {SECOND}), question("near_miss", set())]
LIKELY = [np.array([0.9, 0.3]), np.array([0.2, 0.8]), np.array([0.3, 0.1])]


def test_the_first_unit_and_the_top_score_are_measured_whatever_the_bar():
    assert bar_free_figures(QUESTIONS, LIKELY) == {"R@1": 1.0, "AUROC": 1.0}
    swapped = [LIKELY[1], LIKELY[1], LIKELY[0]]
    assert bar_free_figures(QUESTIONS, swapped) == {"R@1": 0.5, "AUROC": 0.0}


def test_a_question_of_which_nothing_was_read_is_a_miss():
    empty = Measured("fact", "library", (), np.zeros((0, 1)), *[np.zeros(0, bool)] * 2, ())
    found = bar_free_figures([*QUESTIONS, empty], [*LIKELY, np.zeros(0)])
    assert found["R@1"] == pytest.approx(2 / 3)


def test_the_bars_show_what_answers_and_nothing_else_where_they_can():
    bars = best_bars(QUESTIONS, LIKELY)
    assert figures(QUESTIONS, LIKELY, [bars] * 3) == {
        "handled": 1.0, "hit@1": 1.0, "complete": 1.0, "answered": 1.0, "declined": 1.0, "precision": 1.0,
    }  # fmt: skip


MANY = [QUESTIONS[n % 3] for n in range(90)]


def nearly(seed):
    """Return probabilities that differ by a few thousandths from those of another seed."""
    same, other = np.random.default_rng(4), np.random.default_rng(seed)
    right = np.array([question.answers for question in MANY])
    spread = same.uniform(0.1, 0.7, right.shape) + 0.2 * right
    return list(spread + other.normal(0, 0.003, right.shape))


def test_the_bars_do_not_jump_with_the_last_digits_of_a_probability():
    bars = [astuple(best_bars(MANY, nearly(seed))) for seed in (1, 2, 3)]
    assert np.ptp(bars, axis=0).max() < 0.04
