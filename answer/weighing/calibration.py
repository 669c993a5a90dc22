"""Turn signals into probabilities: logistic regressions, fitted on questions not trained on.

``models/calibration.json`` is written by ``training/calibrate.py``, which says how. It belongs to
one reader file; any other is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from answer.errors import ModelError
from answer.weighing.signals import Signal, Table

CALIBRATION = Path(__file__).parents[1] / "models" / "calibration.json"
CALIBRATION_SHA256 = "799c40bb298a3f2f71e3c49579c7433214e1551fbe5a716c5a9623c441ce2c56"
"""Of that file, which holds the reader's: neither is exchanged unnoticed."""


@dataclass(frozen=True, slots=True)
class Bars:
    """How likely a quote must be to be shown; chosen on held-out files: see docs/decisions.md."""

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
    """The signals it was fitted on, in their order."""
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
    reader_sha256: str, wanted: Sequence[Signal], path: Path = CALIBRATION
) -> Calibration:
    """Return the calibration of a reader for the signals of a corpus.

    Args:
        reader_sha256: of the reader's file.
        wanted: the signals that are gathered, with or without those that need a question bank.
        path: the file, with one calibration for corpora with a bank and one for those without.

    Raises:
        ModelError: if the file is missing or damaged, belongs to another reader, or was fitted on
            signals other than those wanted.

    """
    try:
        data = path.read_bytes()
        record = json.loads(data)
        with_bank = any(signal.needs_bank for signal in wanted)
        chosen = _calibration(record["with_bank" if with_bank else "without_bank"])
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
    if chosen.names != tuple(signal.name for signal in wanted):
        raise ModelError(f"{path}: made for other signals; run training/calibrate.py")
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
