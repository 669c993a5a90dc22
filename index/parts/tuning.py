"""How many lists a part gets, and how many of them are searched: measured on its own vectors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter

from index.dense import InvertedLists
from index.encoder import Vectors
from index.hits import Rows
from index.manifest import wrong
from index.parts.stored import Stored, exact, read, rescored
from index.store import writing

QUERIES, DEPTH = 256, 10
"""Queries of the sample, and how many of the nearest are looked for."""
SHARES = 0.65, 0.35
"""Of the two vectors that a query is made of."""
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
    depth = DEPTH + len(SHARES)
    wanted = _without(exact(vectors, queries, depth)[1], own)
    steps = sorted({round(2 ** (half / 2)) for half in range(64)})
    steps = [step for step in steps if step < len(lists)] + [len(lists)]
    for probes in steps:
        found = _without(rescored(lists, vectors, queries, depth, probes)[1], own)
        recall = recall_of(found, wanted)
        if recall >= RECALL:
            break
    return Tuning(probes, recall)


def made_queries(vectors: Stored) -> tuple[Vectors, Rows]:
    """Return queries that lie between two vectors, nearer to the first, and the rows of the two.

    Like a question, such a query lies where no vectors are, near to some and in the middle of
    none; a vector with a little noise would find its neighbours in the list that it is in.
    """
    own = np.random.default_rng(1).integers(len(vectors), size=(QUERIES, len(SHARES)))
    both = (share * read(vectors, rows) for share, rows in zip(SHARES, own.T, strict=True))
    queries = sum(both, start=np.zeros((), np.float32))
    unit: Vectors = queries / np.linalg.norm(queries, axis=1, keepdims=True)
    return unit, own


def recall_of(found: Sequence[Sequence[int]], wanted: Sequence[Sequence[int]]) -> float:
    """Return the share of what is wanted that was found."""
    hits = sum(len(set(one) & set(other)) for one, other in zip(found, wanted, strict=True))
    return hits / sum(map(len, wanted))


def _without(rows: Rows, own: Rows) -> list[list[int]]:
    """Return the first rows of each query that are not its own: those are too easy to find."""
    pairs = zip(rows.tolist(), own.tolist(), strict=True)
    return [[row for row in found if row not in two][:DEPTH] for found, two in pairs]
