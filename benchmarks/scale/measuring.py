"""Open the two indexes in a fresh process, and search them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks.scale.building import DENSE, SPARSE, memory
from benchmarks.scale.made import stretches, vector_blocks
from benchmarks.scale.real import read_real
from index.dense import InvertedLists
from index.encoder import Vectors
from index.hits import Rows
from index.parts.part import FLAT, LISTS, Part
from index.parts.runs import Runs
from index.parts.search import DenseParts
from index.parts.stored import AGAIN, exact
from index.retriever import CANDIDATES
from index.sparse import SparseIndex

T = TypeVar("T")

DEPTH = 10
"""Of recall."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of a query: of the clock, and of the processor, which others do not disturb."""

    p50: float
    p95: float
    cpu_p50: float
    cpu_p95: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What it takes to search one library."""

    opening: float
    """Milliseconds."""
    resident: float
    """Memory of the process after all queries, less what it had before opening, in MB."""
    anonymous: float
    """The part of that which is not mapped from files."""
    probes: int
    """Lists searched for a query; 0 where all vectors are compared."""
    recall_made: float
    """Of the queries by which the probes were chosen."""
    recall: float
    """Of the 10 nearest to real questions."""
    compared: float
    """Megabytes of vectors that a question is compared with: all, or those in its lists."""
    postings: float
    """Passages that hold a word of a question, counted for each of its words, on average."""
    dense: Times
    words: Times
    """Of real questions."""
    long_words: Times
    """Of questions of 10 to 15 tokens."""
    both: Times
    """Dense, and words of the same question."""
    long_both: Times
    """Dense, and words of a long question."""


def measure(folder: Path, passages: int) -> Measured:
    """Search what ``benchmarks.scale.building`` wrote."""
    real = read_real(folder.parent)
    resident, anonymous = memory("VmRSS"), memory("RssAnon")
    began = time.perf_counter()
    keys, rows, counts = stretches(passages)
    part = Part(folder / DENSE, real.seeds.shape[1])
    dense = DenseParts([(part, Runs(rows, rows, counts))], real.seeds.shape[1])
    sparse = SparseIndex.load(folder / SPARSE, Runs(keys, rows, counts))
    opening = 1000 * (time.perf_counter() - began)
    vectors = [vector[np.newaxis] for vector in real.questions]

    def both(query: tuple[Vectors, list[str]]) -> None:
        dense.search(query[0], CANDIDATES)
        sparse.search(query[1], CANDIDATES)

    times = (
        timed(lambda query: dense.search(query, CANDIDATES), vectors),
        timed(lambda tokens: sparse.search(tokens, CANDIDATES), real.asked),
        timed(lambda tokens: sparse.search(tokens, CANDIDATES), real.long),
        timed(both, list(zip(vectors, real.asked, strict=True))),
        timed(both, list(zip(vectors, real.long, strict=True))),
    )
    resident, anonymous = memory("VmRSS") - resident, memory("RssAnon") - anonymous
    found = np.concatenate([dense.search(query, CANDIDATES)[1] for query in vectors])
    blocks = vector_blocks(real.seeds, passages)
    wanted = exact(blocks, real.questions, DEPTH)[1]
    recall = recall_of(found[:, :DEPTH], wanted)
    tuning = part.tuning
    probes, made = (tuning.probes, tuning.recall) if tuning else (0, 1.0)
    searched = compared(part, passages)
    postings = [sum(map(sparse.frequency, tokens)) for tokens in real.asked]
    counts_of = searched, float(np.mean(postings))
    return Measured(opening, resident, anonymous, probes, made, recall, *counts_of, *times)


def compared(part: Part, passages: int) -> float:
    """Return the megabytes of vectors that are compared for one question.

    Where there are lists: their centres, a byte for each number of the vectors in those that are
    searched, and two for what is scored again.
    """
    files = {path.name: path for path in part.folder.iterdir()}
    width = part.read(slice(1)).shape[1]
    if part.tuning is None:
        return files[FLAT].stat().st_size / 1e6
    lists = len(InvertedLists(files[LISTS], passages, width))
    found = passages * part.tuning.probes / lists
    return float((4 * lists + found + 2 * AGAIN * CANDIDATES) * width / 1e6)


def timed(search: Callable[[T], object], queries: Sequence[T]) -> Times:
    """Search once for warmth, then again with a clock."""
    for query in queries:
        search(query)
    took = []
    for query in queries:
        began = time.perf_counter(), time.process_time()
        search(query)
        ended = time.perf_counter(), time.process_time()
        took.append(np.subtract(ended, began) * 1000)
    return Times(*np.quantile(took, [0.5, 0.95], axis=0).T.ravel().tolist())


def recall_of(found: Rows, wanted: Rows) -> float:
    """Return the share of what is wanted that was found, of each line."""
    pairs = zip(found.tolist(), wanted.tolist(), strict=True)
    return float(np.mean([len(set(one) & set(other)) / len(other) for one, other in pairs]))
