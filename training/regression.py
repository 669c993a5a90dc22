"""Fit the regression from signals to probabilities, choose its bars, and measure both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
ALL_SHOWN = Bars(0.0, 0.0, 0.0)
STRENGTH = 0.3
"""Inverse regularisation of the regression; .1 to 1 gave the same figures within .003."""
BARS = [
    Bars(float(first), float(further), share)
    for first, further, share in product(
        np.arange(0.1, 0.75, 0.05), np.arange(0.15, 0.7, 0.1), (0.0, 0.3, 0.5, 0.7)
    )
    if further >= first / 2
]


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
    return _figures(questions, _best(questions, probabilities), bars)


def _best(questions: Sequence[Measured], probabilities: Sequence[Table]) -> list[list[Scored]]:
    """Return the units of each question that may be shown: the same as ``choose`` would take."""
    return [
        choose([Scored(*each) for each in zip(q.units, p.tolist(), strict=True)], ALL_SHOWN)[0]
        for q, p in zip(questions, probabilities, strict=True)
    ]


def _figures(
    questions: Sequence[Measured], best: Sequence[Sequence[Scored]], bars: Sequence[Bars]
) -> dict[str, float]:
    rows: dict[str, list[bool]] = {
        name: [] for name in ("handled", "hit@1", "complete", "answered", "declined", "precision")
    }
    for question, scored, own in zip(questions, best, bars, strict=True):
        shown = [s.unit for s in choose(scored, own)[0]]
        if question.kind in ANSWERABLE:
            complete = all(need & set(shown) for need in question.needs)
            rows["handled"].append(bool(shown) and complete)
            rows["complete"].append(complete)
            rows["hit@1"].append(bool(shown) and shown[0] in question.right)
            rows["answered"].append(bool(shown))
            rows["precision"] += [unit in question.fine for unit in shown]
        elif question.kind in UNANSWERABLE:
            rows["handled"].append(not shown)
            rows["declined"].append(not shown)
    return {name: float(np.mean(values or [False])) for name, values in rows.items()}


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
    """Return the bars with the best sum of handled and half of precision, complete and refusal.

    The sum hardly changes over a wide range; of bars within ``AS_GOOD`` of the best, the most
    precise are taken.
    """
    best = _best(questions, probabilities)
    found = [_figures(questions, best, [bars] * len(best)) for bars in BARS]
    least = max(map(_worth, found)) - AS_GOOD
    as_good = [(row["precision"], n) for n, row in enumerate(found) if _worth(row) >= least]
    return BARS[max(as_good)[1]]


def _worth(figures: dict[str, float]) -> float:
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
