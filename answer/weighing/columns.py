"""What is gathered for sentences: the reader's output, and what never changes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.hits import Rows
from ingest.document import Sentence

Column = NDArray[np.float32] | NDArray[np.float64]
"""A signal: one number for each sentence."""
Words = tuple[int, int] | None
"""The answering words of a sentence, in characters from its start."""


@dataclass(slots=True)
class Read:
    """The reader's output for the windows, by row of a sentence."""

    logits: dict[int, list[float]] = field(default_factory=dict)
    over_none: dict[int, list[float]] = field(default_factory=dict)
    words: dict[int, Words] = field(default_factory=dict)
    """Of the window in which it answers best."""

    def add(self, row: int, logit: float, over_none: float, words: Words) -> None:
        """Take in what one window says of a sentence."""
        before = self.over_none.setdefault(row, [])
        if all(over_none > one for one in before):
            self.words[row] = words
        before.append(over_none)
        self.logits.setdefault(row, []).append(logit)


def of_reader(read: Read, rows: Rows) -> Mapping[str, Column]:
    """Return the reader's signals of some sentences that were read."""
    logit = np.array([_mean(read.logits[row]) for row in rows.tolist()])
    over_none = np.array([_mean(read.over_none[row]) for row in rows.tolist()])
    return {
        "logit": logit,
        "over_none": over_none,
        "behind_best": logit - logit.max(),
        "best_logit": np.full(len(rows), logit.max()),
        "best_over_none": np.full(len(rows), over_none.max()),
    }


def of_shape(sentences: Sequence[Sentence]) -> Mapping[str, Column]:
    """Return the signals that each of some sentences has by itself."""
    columns = {"words": np.array([math.log(len(s.text.split()) or 1) for s in sentences])}
    for kind in ("caption", "reference", "line"):
        columns[f"is_{kind}"] = np.array([float(s.kind == kind) for s in sentences])
    return columns


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)  # of one or two: a library's takes ten times as long
