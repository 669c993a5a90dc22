"""Fit the regression from signals to probabilities, choose its bars, and measure both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import astuple
from itertools import product

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from answer.choosing.select import Scored, choose
from answer.weighing.calibration import Bars, Calibration, Regression
from answer.weighing.signals import Table
from bank.questions import ANSWERABLE, SHOWN_ANYWAY
from training.measure import Measured

UNANSWERABLE = ("near_miss", "off_topic")
AS_GOOD = 0.01
"""Difference of the sum of figures within which bars count as equally good. Chosen by hand: a fifth
of what other questions of the same number would change."""
DRAWS = 200
"""Bootstrap draws over which the bars are averaged; 50 gave the same within .02."""
ALL_SHOWN = Bars(0.0, 0.0, 0.0)
FIGURES = ("handled", "hit@1", "complete", "answered", "declined", "precision")
STRENGTH = 0.3
"""Inverse regularisation of the regression; .1 to 1 gave the same figures within .003."""
BARS = [
    Bars(float(first), float(further), share)
    for first, further, share in product(
        np.arange(0.1, 0.75, 0.05), np.arange(0.15, 0.7, 0.1), (0.0, 0.3, 0.5, 0.7)
    )
    if further >= first / 2
][::-1]
"""What is tried, the strictest first: of equals, it is taken."""


def fit(questions: Sequence[Measured], names: Sequence[str]) -> Regression:
    """Fit a regression on the units of some questions, without bars.

    Units that merely help are left out, and so are questions that get a notice or a correction:
    what is right to show for those is not an answer to them.

    Args:
        questions: with their signals; each counts by its ``weight``.
        names: of the signals, in the order of the columns.

    """
    plain = [q for q in questions if q.kind not in SHOWN_ANYWAY and q.weight > 0]
    table = np.vstack([q.table[~q.helps] for q in plain])
    answers = np.concatenate([q.answers[~q.helps] for q in plain])
    counts = np.concatenate([np.full(int((~q.helps).sum()), q.weight) for q in plain])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit((table - mean) / scale, answers, counts)
    weights, bias = model.coef_[0], float(model.intercept_[0])
    return Regression(tuple(names), mean, scale, weights, bias, ALL_SHOWN)


def figures(
    questions: Sequence[Measured], probabilities: Sequence[Table], bars: Sequence[Bars]
) -> dict[str, float]:
    """Return the shares that the judge reports, on the questions' own evidence.

    Args:
        questions: what was asked.
        probabilities: of the units of each question.
        bars: those of each question.

    """
    best = _best(questions, probabilities)
    counts = [_counts(*each) for each in zip(questions, best, bars, strict=True)]
    return {name: float(share) for name, share in _shares(np.sum(counts, axis=0)).items()}


def _best(questions: Sequence[Measured], probabilities: Sequence[Table]) -> list[list[Scored]]:
    """Return the units of each question that may be shown: the same as ``choose`` would take."""
    return [
        choose([Scored(*each) for each in zip(q.units, p.tolist(), strict=True)], ALL_SHOWN)[0]
        for q, p in zip(questions, probabilities, strict=True)
    ]


def _counts(
    question: Measured, scored: Sequence[Scored], bars: Bars
) -> tuple[tuple[int, int], ...]:
    """Return what the question adds to the two sums of each figure, in the order of ``FIGURES``."""
    shown = [s.unit for s in choose(scored, bars)[0]]
    answerable, unanswerable = question.kind in ANSWERABLE, question.kind in UNANSWERABLE
    complete = answerable and all(need & set(shown) for need in question.needs)
    handled = complete and bool(shown) if answerable else unanswerable and not shown
    hit = answerable and bool(shown) and shown[0] in question.right
    fine = sum(unit in question.fine for unit in shown)
    return (
        (handled, answerable or unanswerable),
        (hit, answerable),
        (complete, answerable),
        (answerable and bool(shown), answerable),
        (unanswerable and not shown, unanswerable),
        (answerable * fine, answerable * len(shown)),
    )


def _shares(sums: Table) -> dict[str, Table]:
    """Return each figure from its two sums: shape ``(…)`` from ``(…, len(FIGURES), 2)``."""
    shares = sums[..., 0] / np.maximum(sums[..., 1], 1)
    return {name: shares[..., at] for at, name in enumerate(FIGURES)}


def bar_free_figures(
    questions: Sequence[Measured], probabilities: Sequence[Table]
) -> dict[str, float]:
    """Return what no bar changes: R@1 over all units read, and how well the top score tells.

    ``AUROC`` is that of the largest probability of a question, answerable ones against near misses.
    """
    answerable, near_misses, hits = [], [], []
    for question, p in zip(questions, probabilities, strict=True):
        top = float(p.max(initial=0.0))
        if question.kind in ANSWERABLE:
            answerable.append(top)
            hits.append(bool(len(p)) and bool(question.answers[p.argmax()]))
        elif question.kind == "near_miss":
            near_misses.append(top)
    is_answerable = [True] * len(answerable) + [False] * len(near_misses)
    auroc = roc_auc_score(is_answerable, answerable + near_misses)
    return {"R@1": float(np.mean(hits)), "AUROC": float(auroc)}


def best_bars(questions: Sequence[Measured], probabilities: Sequence[Table]) -> Bars:
    """Return the mean of the bars that are best on bootstrap draws of the questions.

    The best have the largest sum of handled and half of precision, complete and refusal. It hardly
    changes over a wide range; of bars within ``AS_GOOD`` of the best, the most precise are taken.
    On all questions at once that choice jumps between bars with the last digits of a probability,
    which differ between processors; its mean over draws does not.
    """
    asked = list(zip(questions, _best(questions, probabilities), strict=True))
    counts = np.array([[_counts(*each, bars) for bars in BARS] for each in asked], float)
    draws = np.random.default_rng(0).multinomial(len(asked), [1 / len(asked)] * len(asked), DRAWS)
    figures = _shares(np.tensordot(draws, counts, 1))
    worth = _worth(figures)
    as_good = worth >= worth.max(axis=1, keepdims=True) - AS_GOOD
    chosen = np.where(as_good, figures["precision"], -1.0).argmax(axis=1)
    return Bars(*np.mean([astuple(BARS[n]) for n in chosen], axis=0).round(2).tolist())


def _worth(figures: dict[str, Table]) -> Table:
    refusal = (figures["answered"] + figures["declined"]) / 2
    return figures["handled"] + 0.5 * (figures["precision"] + figures["complete"] + refusal)


def blindly(
    questions: Sequence[Measured],
    names: Sequence[str],
    calibration_of: Callable[[Regression], Calibration] = lambda fitted: fitted,
) -> tuple[list[Measured], list[Table]]:
    """Return the questions and their probabilities from a regression fitted without their origin.

    Args:
        questions: of several origins; each is kept out once.
        names: of the signals, in the order of the columns.
        calibration_of: what is made of a regression before it is used.

    """
    blind: list[Measured] = []
    probabilities: list[Table] = []
    for origin in _origins(questions):
        fitted = fit([q for q in questions if q.origin != origin], names)
        calibration = calibration_of(fitted)
        outside = [q for q in questions if q.origin == origin]
        blind += outside
        probabilities += [calibration.probabilities(q.table) for q in outside]
    return blind, probabilities


def blind_figures(
    blind: Sequence[Measured], probabilities: Sequence[Table]
) -> dict[str, dict[str, float]]:
    """Return the figures of each origin, with the bars that are best on the others."""
    by_origin = {}
    for origin in _origins(blind):
        own = [at for at, q in enumerate(blind) if q.origin == origin]
        others = [at for at, q in enumerate(blind) if q.origin != origin]
        bars = best_bars([blind[at] for at in others], [probabilities[at] for at in others])
        asked = [blind[at] for at in own]
        by_origin[origin] = figures(asked, [probabilities[at] for at in own], [bars] * len(own))
    return by_origin


def _origins(questions: Sequence[Measured]) -> list[str]:
    return sorted({question.origin for question in questions})


def mean_figures(by_origin: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the mean of every figure over the origins."""
    rows = list(by_origin.values())
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
