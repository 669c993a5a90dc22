"""How many lists a part gets, and how many of them are searched: measured on its own vectors."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from index.dense import InvertedLists
from index.encoder import Vectors
from index.hits import Rows, Scores
from index.manifest import wrong
from index.parts.stored import Stored, blocks, exact, read, rescored
from index.store import writing

QUERIES, DEPTH = 256, 10
"""Queries of the sample, and how many of the nearest are looked for."""
MIXED = 3
"""Vectors that a query is made of. Measured: see ``made_queries``."""
TIE = 1e-6
"""Cosines that differ by less are equal."""
RECALL = 0.97
"""Least share of the nearest that has to be found: .95 is what has to hold for questions."""
PER_CENTRE = 64
"""Vectors from which each centre is learnt. FAISS asks for 39 at least."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """How the lists of a part are searched."""

    probes: int
    """Lists to search for a query."""
    recall: float
    """Share of the true 10 nearest that were found so, over a sample of queries."""


TUNINGS = TypeAdapter(Tuning)


def write_tuning(path: Path, tuning: Tuning) -> None:
    """Write how the lists of a part are searched."""
    with writing(path):
        path.write_bytes(TUNINGS.dump_json(tuning))


def read_tuning(path: Path) -> Tuning:
    """Return what ``write_tuning`` wrote.

    Raises:
        DamagedIndexError: if it is something else.

    """
    try:
        tuning = TUNINGS.validate_json(path.read_bytes())
        if tuning.probes < 1:
            raise ValueError("no list would be searched")
    except (OSError, ValueError) as error:
        raise wrong(path, f"cannot be read ({' '.join(str(error).split())})") from error
    return tuning


def lists_for(rows: int) -> int:
    """Return how many lists so many vectors get: a power of two, at most 2.5 times their root.

    2,048 for a million and 4,096 for ten million, both measured (``python -m benchmarks.scale``).
    """
    return int(2 ** int(math.log2(2.5 * math.sqrt(rows))))


def training_sample(vectors: Stored) -> Vectors:
    """Return vectors at random places, enough to learn the centres of all lists from."""
    count = PER_CENTRE * lists_for(len(vectors))
    return read(vectors, np.unique(np.random.default_rng(0).integers(len(vectors), size=count)))


def tune(vectors: Stored, lists: InvertedLists) -> Tuning:
    """Return the fewest probes that find enough, of the powers of the root of two.

    Args:
        vectors: all of them.
        lists: that hold them.

    """
    queries, own = made_queries(vectors)
    depth = DEPTH + MIXED
    wanted = _others(exact(blocks(vectors), queries, depth), own)
    steps = sorted({round(2 ** (half / 2)) for half in range(64)})
    for probes in [*(step for step in steps if step < len(lists)), len(lists)]:
        recall = _recall(_others(rescored(lists, vectors, queries, depth, probes), own), wanted)
        if recall >= RECALL:
            break
    return Tuning(probes, recall)


def made_queries(vectors: Stored) -> tuple[Vectors, Rows]:
    """Return queries that lie in the middle of some random vectors, and the rows of those.

    Like a question, such a query lies where no vectors are, and what is near to it is in several
    lists: to find .90, .95 and .97, questions and such queries take about as many probes. A vector
    with noise takes a tenth.
    """
    own = np.random.default_rng(1).integers(len(vectors), size=(QUERIES, MIXED))
    queries = np.sum([read(vectors, rows) for rows in own.T], axis=0)
    unit: Vectors = queries / np.linalg.norm(queries, axis=1, keepdims=True)
    return unit, own


def _others(found: tuple[Scores, Rows], own: Rows) -> Scores:
    """Return the first scores of each query, without those of its own rows: they are too easy."""
    scores, rows = found
    is_own = (rows[:, :, np.newaxis] == own[:, np.newaxis]).any(axis=2)
    order = np.argsort(is_own, axis=1, kind="stable")[:, :DEPTH]
    return np.take_along_axis(scores, order, axis=1)


def _recall(found: Scores, wanted: Scores) -> float:
    """Return the share of what was found that is as near as what is wanted, equal vectors alike."""
    return float(np.mean(found >= wanted[:, -1:] - TIE))
