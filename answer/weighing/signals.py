"""The signals by which units are weighed: one table, and how the derived ones are computed.

Signals are gathered for each sentence; a unit has the best values of its sentences and, from those,
the derived signals. The order is that of the columns in ``models/calibration.json``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]
Columns = Mapping[str, Table]
"""By the name of a signal, one number for each sentence or for each unit."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One column of the table that the calibration takes."""

    name: str
    meaning: str
    needs_bank: bool = False
    derive: Callable[[Columns], Table] | None = None
    """Computes it from the columns of the units; None if it is gathered for each sentence."""


def _lead(columns: Columns) -> Table:
    logit = columns["logit"]
    best = np.sort(logit)[::-1]
    second = best[1] if len(best) > 1 else best[0]
    return np.asarray(logit - np.where(logit == best[0], second, best[0]))


def _choice(columns: Columns) -> Table:
    logit = columns["logit"]
    weights = np.exp(logit - logit.max())
    return np.asarray(weights / weights.sum())


def _best_known(columns: Columns) -> Table:
    return np.full_like(columns["known"], columns["known"].max())


SIGNALS = (
    Signal("logit", "the reader's logit, mean over the windows that contain the sentence"),
    Signal("over_none", "the same minus the logit of “none of these”"),
    Signal("behind_best", "logit minus the largest logit of all"),
    Signal("best_logit", "the largest logit of all"),
    Signal("best_over_none", "the largest over_none of all"),
    Signal("passage", "cosine of its passage's vector with the question's"),
    Signal("coverage", "share of the question's words in it, rare ones counting more"),
    Signal("best_coverage", "the largest coverage of all"),
    Signal("fused", "score of its passage in the search's ranking; 0 if it is only context"),
    Signal("document", "cosine of the nearest passage of its document, of those that may be read"),
    Signal("behind_document", "the same minus that of the nearest document"),
    Signal("words", "logarithm of the number of its words"),
    Signal("is_caption", "1 if it is a caption, 0 if not"),
    Signal("is_reference", "1 if it is an entry of a reference list, 0 if not"),
    Signal("is_line", "1 if it is a line that is not prose, 0 if not"),
    Signal("nearness", "how near the nearest known question is, from 0 to 1", needs_bank=True),
    Signal("density", "how many known questions there are, from 0 to 1", needs_bank=True),
    Signal("known", "cosine of the nearest known question that it answers", needs_bank=True),
    Signal("vote", "share of the known questions' votes that it gets", needs_bank=True),
    Signal("intent", "log probability that its unit is asked for", needs_bank=True),
    Signal("known_unanswerable", "cosine of the nearest one without an answer", needs_bank=True),
    Signal("vote_unanswerable", "share of the votes for no answer", needs_bank=True),
    Signal("intent_none", "log probability that no unit is asked for", needs_bank=True),
    Signal("lead", "logit minus that of the best other unit", derive=_lead),
    Signal("choice", "soft-max of the logits of all units", derive=_choice),
    Signal(
        "known_lead",
        "known minus known_unanswerable",
        needs_bank=True,
        derive=lambda columns: columns["known"] - columns["known_unanswerable"],
    ),
    Signal("best_known", "the largest known of all", needs_bank=True, derive=_best_known),
    Signal(
        "best_known_lead",
        "best_known minus known_unanswerable",
        needs_bank=True,
        derive=lambda columns: columns["known"].max() - columns["known_unanswerable"],
    ),
    Signal(
        "best_vote",
        "the largest vote of all",
        needs_bank=True,
        derive=lambda columns: np.full_like(columns["vote"], columns["vote"].max()),
    ),
    Signal(
        "intent_lead",
        "intent minus intent_none",
        needs_bank=True,
        derive=lambda columns: columns["intent"] - columns["intent_none"],
    ),
)


def signals(*, with_bank: bool) -> tuple[Signal, ...]:
    """Return the signals of a corpus with or without a question bank, in the table's order."""
    return tuple(signal for signal in SIGNALS if with_bank or not signal.needs_bank)


def table(gathered: Columns, wanted: tuple[Signal, ...]) -> Table:
    """Return one row per unit with the wanted signals: shape ``(n_units, len(wanted))``.

    Args:
        gathered: the columns of the units that are not derived.
        wanted: as ``signals`` returns them.

    """
    columns = [
        gathered[signal.name] if signal.derive is None else signal.derive(gathered)
        for signal in wanted
    ]
    return np.column_stack(columns)
