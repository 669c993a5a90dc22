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


def of_reader(read: Read, rows: Rows) -> Mapping[str, Column]:
    """Return the reader's signals of some sentences that were read."""
    logit = np.array([np.mean(read.logits[row]) for row in rows])
    over_none = np.array([np.mean(read.over_none[row]) for row in rows])
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
