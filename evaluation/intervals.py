"""95 % bootstrap intervals over questions.

As many questions as there are are drawn with replacement, the figure is computed for each draw, and
the middle 95 % of the draws are the interval (percentile bootstrap, Efron 1979). It says how much
the figure depends on which questions were asked. If every question has the same value, the interval
has no width: that is a limit of the method, not certainty.
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
    rng = np.random.default_rng(SEED)
    times_drawn = rng.multinomial(n_questions, np.full(n_questions, 1 / n_questions), size=DRAWS)
    draws = _means(pairs, times_drawn.astype(np.float64))
    low, high = np.percentile(draws[~np.isnan(draws)], MIDDLE)
    value = _means(pairs, np.ones((1, n_questions)))[0]
    return Estimate(float(value), float(low), float(high))


def _means(pairs: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the figure for each row of ``weights``; NaN where a denominator is 0."""
    numerators = weights @ pairs[:, :, 0].T
    denominators = weights @ pairs[:, :, 1].T
    undefined = np.full_like(numerators, np.nan)
    ratios = np.divide(numerators, denominators, out=undefined, where=denominators > 0)
    means: NDArray[np.float64] = ratios.mean(axis=1)
    return means
