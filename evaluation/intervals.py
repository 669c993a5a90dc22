"""95 % bootstrap intervals over questions.

As many questions as there are are drawn with replacement, the figure is computed for each draw, and
the middle 95 % of the draws are the interval (percentile bootstrap, Efron 1979). It says how much
the figure depends on which questions were asked, not on which documents they were asked of. If
every question has the same value, the interval has no width: that is a limit of the method, not
certainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
"""With this many, the ends of an interval of 200 questions move by about .005 between seeds."""
SEED = 20240619
MIDDLE = (2.5, 97.5)
"""Percentiles of the draws."""

Term = Sequence[tuple[float, float]]
"""For each question, what it adds to the numerator and to the denominator of a ratio."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


def estimate(terms: Sequence[Term]) -> Estimate | None:
    """Return the mean of one or more ratios of sums over the same questions.

    Args:
        terms: one for each ratio, all of the same length: one pair for each question.

    Returns:
        None if a denominator is 0: the figure does not exist.

    """
    pairs = np.array(terms, dtype=np.float64).reshape(len(terms), -1, 2)
    n_questions = pairs.shape[1]
    if n_questions == 0 or not pairs[:, :, 1].sum(axis=1).all():
        return None
    value = _means(pairs, np.ones((1, n_questions)))[0]
    return _with_middle(value, _means(pairs, _times_drawn(n_questions)))


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> Estimate | None:
    """Return the area under the ROC curve of scores that should tell two kinds of questions apart.

    It is how often a score of the first kind is above one of the second; equal scores count half.

    Args:
        positives: the scores of the questions that should have high ones.
        negatives: the scores of the others.

    Returns:
        None if one of the two is empty: the figure does not exist.

    """
    if not positives or not negatives:
        return None
    first, second = np.array(positives)[:, np.newaxis], np.array(negatives)
    above = (first > second) + 0.5 * (first == second)
    times = _times_drawn(len(positives) + len(negatives))
    of_first, of_second = np.split(times, [len(positives)], axis=1)
    pairs = of_first.sum(axis=1) * of_second.sum(axis=1)
    undefined = np.full(DRAWS, np.nan)
    won = ((of_first @ above) * of_second).sum(axis=1)
    return _with_middle(above.mean(), np.divide(won, pairs, out=undefined, where=pairs > 0))


def _times_drawn(n_questions: int) -> NDArray[np.float64]:
    """Return how often each draw holds each question, shape ``(DRAWS, n_questions)``."""
    rng = np.random.default_rng(SEED)
    times = rng.multinomial(n_questions, np.full(n_questions, 1 / n_questions), size=DRAWS)
    return times.astype(np.float64)


def _with_middle(value: float, draws: NDArray[np.float64]) -> Estimate:
    low, high = np.percentile(draws[~np.isnan(draws)], MIDDLE)
    return Estimate(float(value), float(low), float(high))


def _means(pairs: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the figure for each row of ``weights``; NaN where a denominator is 0."""
    numerators = weights @ pairs[:, :, 0].T
    denominators = weights @ pairs[:, :, 1].T
    undefined = np.full_like(numerators, np.nan)
    ratios = np.divide(numerators, denominators, out=undefined, where=denominators > 0)
    means: NDArray[np.float64] = ratios.mean(axis=1)
    return means
