"""From signals to probabilities: logistic regressions fitted on questions kept out of training.

``models/calibration.json`` is written by ``training/calibrate.py``, which says how. It belongs to
one reader file and refuses any other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answer.errors import ModelError

CALIBRATION = Path(__file__).parents[1] / "models" / "calibration.json"
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bars:
    """How sure a quote must be to be shown; chosen on folds, see docs/decisions.md."""

    first: float
    """Probability that the best quote needs for the question to be answered at all."""
    further: float
    """Probability that each further quote needs."""
    share: float
    """The same, as a share of the best quote's."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """One logistic regression and its bars."""

    names: tuple[str, ...]
    """The columns of ``features`` it was fitted on."""
    mean: Table
    scale: Table
    weights: Table
    bias: float
    bars: Bars

    def probabilities(self, values: Table) -> Table:
        """Return how likely each row answers: shape ``(n,)`` from ``(n, len(names))``."""
        logits = ((values - self.mean) / self.scale) @ self.weights + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logits, -50.0, 50.0))))


def load_calibration(
    reader_sha256: str, names: Sequence[str], *, with_bank: bool, path: Path = CALIBRATION
) -> Calibration:
    """Return the calibration of a reader, for a corpus with or without a question bank.

    Raises:
        ModelError: if the file is missing or damaged, belongs to another reader, or was fitted on
            other features than ``names``.

    """
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        chosen = _calibration(record["with_bank" if with_bank else "without_bank"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            f"{path}: no calibration is in it ({error!r}); restore the file"
        ) from error
    if record["reader_sha256"] != reader_sha256:
        raise ModelError(
            f"{path}: fitted for another reader; restore both files or run training/calibrate.py"
        )
    if chosen.names != tuple(names):
        raise ModelError(f"{path}: fitted on other features; run training/calibrate.py")
    return chosen


def _calibration(record: dict[str, Any]) -> Calibration:
    return Calibration(
        names=tuple(record["names"]),
        mean=np.array(record["mean"], dtype=np.float64),
        scale=np.array(record["scale"], dtype=np.float64),
        weights=np.array(record["weights"], dtype=np.float64),
        bias=float(record["bias"]),
        bars=Bars(**record["bars"]),
    )
