"""Signals of sentences to features of units: what the calibration looks at."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from answer.weighing.signals import NAMES, Signals
from ingest.units import Unit

Table = NDArray[np.float64]

DERIVED = (
    "lead", "choice", "known_lead", "best_known", "best_known_lead", "best_vote", "intent_lead",
)  # fmt: skip
"""Logit less the best other; soft-max of the logits; known less known_unanswerable; the same and
known for the best of all; the largest vote; intent less intent_none."""
FEATURES = (*NAMES, *DERIVED)
BANK_FEATURES = (
    "known", "vote", "intent", "known_unanswerable", "vote_unanswerable", "intent_none",
    "known_lead", "best_known", "best_known_lead", "best_vote", "intent_lead",
)  # fmt: skip
WITHOUT_BANK = tuple(name for name in FEATURES if name not in BANK_FEATURES)


def features(signals: Signals, units: Sequence[Unit], names: Sequence[str]) -> Table:
    """Return one row a unit, in order of first appearance, with the named columns.

    A unit of several sentences has the best value of each signal.
    """
    order = list(dict.fromkeys(units[row] for row in signals.rows))
    place = {unit: at for at, unit in enumerate(order)}
    values = np.full((len(order), len(NAMES)), -np.inf)
    np.maximum.at(values, [place[units[row]] for row in signals.rows], signals.values)
    table = np.column_stack([values, _derived(values)])
    return np.asarray(table[:, [FEATURES.index(name) for name in names]])


def _derived(values: Table) -> Table:
    column = {name: values[:, at] for at, name in enumerate(NAMES)}
    logit, known = column["logit"], column["known"]
    best = np.sort(logit)[::-1]
    second = best[1] if len(best) > 1 else best[0]
    rival = np.where(logit == best[0], second, best[0])
    weights = np.exp(logit - best[0])
    unanswerable = column["known_unanswerable"]
    everywhere = np.ones_like(logit)
    return np.column_stack(
        [
            logit - rival,
            weights / weights.sum(),
            known - unanswerable,
            everywhere * known.max(),
            known.max() - unanswerable,
            everywhere * column["vote"].max(),
            column["intent"] - column["intent_none"],
        ]
    )
