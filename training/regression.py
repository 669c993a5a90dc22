"""Fit the regression from signals to probabilities, choose its bars, and measure both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from answer.choosing.select import Scored, choose
from answer.weighing.calibration import Bars, Calibration
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


def fit(questions: Sequence[Measured], columns: slice | list[int]) -> Calibration:
    """Fit the regression on the units of some questions.

    Units that merely help are left out, and so are questions that get a notice or a correction:
    what is right to show for those is not an answer to them.
    """
    plain = [q for q in questions if q.kind not in SHOWN_ANYWAY]
    table = np.vstack([q.table[~q.helps] for q in plain])[:, columns]
    answers = np.concatenate([q.answers[~q.helps] for q in plain])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((table - mean) / scale, answers)
    weights, bias = model.coef_[0], float(model.intercept_[0])
    return Calibration((), mean, scale, weights, bias, Bars(0.5, 0.5, 0.0))


def figures(
    questions: Sequence[Measured], probabilities: Sequence[Table], bars: Bars
) -> dict[str, float]:
    """Return the shares that the judge reports, on the questions' own evidence."""
    return _figures(questions, _best(questions, probabilities), bars)


def _best(questions: Sequence[Measured], probabilities: Sequence[Table]) -> list[list[Scored]]:
    """Return the units of each question that may be shown: the same as ``choose`` would take."""
    return [
        choose([Scored(*each) for each in zip(q.units, p.tolist(), strict=True)], ALL_SHOWN)[0]
        for q, p in zip(questions, probabilities, strict=True)
    ]


def _figures(
    questions: Sequence[Measured], best: Sequence[Sequence[Scored]], bars: Bars
) -> dict[str, float]:
    rows: dict[str, list[bool]] = {
        name: [] for name in ("handled", "hit@1", "complete", "answered", "declined", "precision")
    }
    for question, scored in zip(questions, best, strict=True):
        shown = [s.unit for s in choose(scored, bars)[0]]
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
    found = [(_figures(questions, best, bars), bars) for bars in BARS]
    least = max(_worth(figures) for figures, _ in found) - AS_GOOD
    as_good = [
        (figures["precision"], n)
        for n, (figures, _) in enumerate(found)
        if _worth(figures) >= least
    ]
    return BARS[max(as_good)[1]]


def _worth(figures: dict[str, float]) -> float:
    refusal = (figures["answered"] + figures["declined"]) / 2
    return figures["handled"] + 0.5 * (figures["precision"] + figures["complete"] + refusal)


def blindly(
    questions: Sequence[Measured], files: Sequence[str], columns: Sequence[int] | None = None
) -> tuple[list[Measured], list[Table]]:
    """Return the questions and their probabilities from a regression fitted without their file.

    Args:
        questions: those of all the files.
        files: each is kept out once.
        columns: of the table to use; all if None.

    """
    chosen = slice(None) if columns is None else list(columns)
    blind: list[Measured] = []
    probabilities: list[Table] = []
    for file in files:
        inside = [q for q in questions if q.origin != file]
        regression = fit(inside, chosen)
        outside = [q for q in questions if q.origin == file]
        blind += outside
        probabilities += [regression.probabilities(q.table[:, chosen]) for q in outside]
    return blind, probabilities


def blind_figures(
    blind: Sequence[Measured], probabilities: Sequence[Table], files: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return the figures of each file, with the bars that are best on the others."""
    by_file = {}
    for file in files:
        others = [at for at, q in enumerate(blind) if q.origin != file]
        bars = best_bars([blind[at] for at in others], [probabilities[at] for at in others])
        own = [at for at, q in enumerate(blind) if q.origin == file]
        by_file[file] = figures([blind[at] for at in own], [probabilities[at] for at in own], bars)
    return by_file


def mean_figures(by_file: dict[str, dict[str, float]]) -> dict[str, float]:
    """Return the mean of every figure over the files."""
    rows = list(by_file.values())
    return {name: float(np.mean([row[name] for row in rows])) for name in rows[0]}
