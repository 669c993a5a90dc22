"""Turn signals into probabilities: logistic regressions, fitted on questions not trained on.

``models/calibration.json`` is written by ``training/calibrate.py``, which says how. It belongs to
one reader file; any other is refused.

It holds three regressions: one for corpora without a question bank, one for small banks and one for
large ones. A corpus with a bank blends them for each question: where no known question is near, a
small bank changes nothing; a bank with many questions for each unit is trusted as a whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from answer.errors import ModelError
from answer.weighing.signals import Signal, Table

CALIBRATION = Path(__file__).parents[1] / "models" / "calibration.json"
CALIBRATION_SHA256 = "900f8e86cb1bedd9de74d55caadc090dc51906c344ceb494531c1b8966983977"
"""Of that file, which holds the reader's: neither is exchanged unnoticed."""
NEARNESS, DENSITY = "nearness", "density"
"""The signals by which the regressions are blended."""
KEYS = ("without_bank", "small_bank", "large_bank")
"""The regressions in the file."""


@dataclass(frozen=True, slots=True)
class Bars:
    """How likely a quote must be to be shown; chosen on held-out files: see docs/decisions.md."""

    first: float
    """Probability that the best quote needs for the question to be answered at all."""
    further: float
    """Probability that each further quote needs."""
    share: float
    """The same, as a share of the best quote's."""


class Calibration(Protocol):
    """What the probabilities and the bars of a corpus come from."""

    def probabilities(self, values: Table) -> Table:
        """Return how likely each row answers: shape ``(n,)`` from ``(n, n_signals)``."""

    def bars_for(self, values: Table) -> Bars:
        """Return the bars of the question that the rows are candidates for."""


@dataclass(frozen=True, slots=True)
class Regression:
    """One logistic regression and its bars."""

    names: tuple[str, ...]
    """The signals it was fitted on, in their order."""
    mean: Table
    scale: Table
    weights: Table
    bias: float
    bars: Bars

    def logits(self, values: Table) -> Table:
        """Return the log-odds that each row answers: shape ``(n,)`` from ``(n, len(names))``."""
        return np.asarray(((values - self.mean) / self.scale) @ self.weights + self.bias)

    def probabilities(self, values: Table) -> Table:
        """Return how likely each row answers."""
        return logistic(self.logits(values))

    def bars_for(self, values: Table) -> Bars:
        """Return the same bars for every question."""
        return self.bars


@dataclass(frozen=True, slots=True)
class Blend:
    """The regressions of a corpus with a question bank, blended by ``nearness`` and ``density``."""

    without_bank: Regression
    small_bank: Regression
    """Its bars are not used: those without a bank are."""
    large_bank: Regression

    def probabilities(self, values: Table) -> Table:
        """Return how likely each row answers: the log-odds are blended."""
        names = self.large_bank.names
        own = [names.index(name) for name in self.without_bank.names]
        near, dense = values[:, names.index(NEARNESS)], values[:, names.index(DENSITY)]
        logits = self.without_bank.logits(values[:, own])
        logits = logits + near * (self.small_bank.logits(values) - logits)
        logits = logits + dense * (self.large_bank.logits(values) - logits)
        return logistic(logits)

    def bars_for(self, values: Table) -> Bars:
        """Return the bars between those without a bank and those with a large one."""
        dense = values[:1, self.large_bank.names.index(DENSITY)].sum()
        low, high = astuple(self.without_bank.bars), astuple(self.large_bank.bars)
        return Bars(*(float(a + dense * (b - a)) for a, b in zip(low, high, strict=True)))


def logistic(logits: Table) -> Table:
    """Return the probabilities of log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -50.0, 50.0))))


def load_calibration(
    reader_sha256: str, wanted: Sequence[Signal], path: Path = CALIBRATION
) -> Calibration:
    """Return the calibration of a reader for the signals of a corpus.

    Args:
        reader_sha256: of the reader's file.
        wanted: the signals that are gathered, with or without those that need a question bank.
        path: the file, with the three regressions.

    Raises:
        ModelError: if the file is missing or damaged, belongs to another reader, or was fitted on
            signals other than those wanted.

    """
    try:
        data = path.read_bytes()
        record = json.loads(data)
        without_bank, small_bank, large_bank = (_regression(record[key]) for key in KEYS)
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelError(f"{path}: not a calibration ({error!r}); restore the file") from error
    if path == CALIBRATION and hashlib.sha256(data).hexdigest() != CALIBRATION_SHA256:
        raise ModelError(
            f"{path}: was altered; restore the file or, after training/calibrate.py, write its "
            "SHA-256 into answer/weighing/calibration.py"
        )
    if record["reader_sha256"] != reader_sha256:
        raise ModelError(
            f"{path}: made for another reader; restore both files or run training/calibrate.py"
        )
    uses_bank = any(signal.needs_bank for signal in wanted)
    used = (without_bank, small_bank, large_bank) if uses_bank else (without_bank,)
    names = tuple(signal.name for signal in wanted)
    own = tuple(signal.name for signal in wanted if not signal.needs_bank)
    if [one.names for one in used] != [own, names, names][: len(used)]:
        raise ModelError(f"{path}: made for other signals; run training/calibrate.py")
    return Blend(*used) if uses_bank else without_bank


def _regression(record: dict[str, Any]) -> Regression:
    return Regression(
        names=tuple(record["names"]),
        mean=np.array(record["mean"], dtype=np.float64),
        scale=np.array(record["scale"], dtype=np.float64),
        weights=np.array(record["weights"], dtype=np.float64),
        bias=float(record["bias"]),
        bars=Bars(**record["bars"]),
    )
