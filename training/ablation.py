"""Measure what each kind of evidence is worth: fit the regression on some of the signals only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answer.weighing.signals import SIGNALS
from training.measure import Measured
from training.regression import blind_figures, blindly, mean_figures

ALL = tuple(signal.name for signal in SIGNALS)
OF_BANK = tuple(signal.name for signal in SIGNALS if signal.needs_bank)
READER = (
    "logit", "over_none", "behind_best", "best_logit", "best_over_none", "lead", "choice",
)  # fmt: skip
WORDS = ("coverage", "best_coverage")
INTENT = ("intent", "intent_none", "intent_lead")
NEAREST = tuple(name for name in OF_BANK if name not in INTENT)
ROWS: dict[str, tuple[str, ...]] = {
    "passage": ("passage",),
    "words": WORDS,
    "passage, words, rank": ("passage", *WORDS, "fused"),
    "nearest known questions": NEAREST,
    "intent classifier": INTENT,
    "both of these": OF_BANK,
    "reader": READER,
    "reader, passage, words, rank": (*READER, "passage", *WORDS, "fused"),
    "reader, nearest known questions": (*READER, *NEAREST),
    "reader, intent classifier": (*READER, *INTENT),
    "all but the reader": tuple(name for name in ALL if name not in READER),
}
"""The windows read are the same in every row: those of the index and the known questions. A last
row has all signals."""
COLUMNS = ("handled", "hit@1", "complete", "precision", "answered", "declined")


def ablation(questions: Sequence[Measured], names: Sequence[str]) -> str:
    """Return a Markdown table of the figures on origins that the row was not fitted on.

    Args:
        questions: with their signals.
        names: of the signals, in the order of the columns; rows that need others are left out.

    """
    lines = [f"| signals | {' | '.join(COLUMNS)} |", "|---|" + "---:|" * len(COLUMNS)]
    for name, wanted in (ROWS | {"all": tuple(names)}).items():
        if set(wanted) <= set(names):
            columns = [names.index(signal) for signal in wanted]
            narrowed = [replace(q, table=q.table[:, columns]) for q in questions]
            blind, probabilities = blindly(narrowed, wanted)
            means = mean_figures(blind_figures(blind, probabilities))
            lines.append(f"| {name} | {' | '.join(f'{means[c]:.3f}' for c in COLUMNS)} |")
    return "\n".join(lines)
