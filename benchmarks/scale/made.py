"""Synthetic passages, as many as are wanted, made block by block: the same each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from index.encoder import Vectors
from index.hits import Rows
from index.segments.entries import KEY_BITS

BLOCK = 50_000
NEIGHBOURS = 8
"""Nearest seeds that a seed is mixed with."""
DIFFERENCE = (0.2, 0.6)
"""How much of the difference of two random seeds is added: noise with the covariance of the seeds.
With so much, a vector has a cosine of about .8 to .95 with the seed that it is made from."""
PER_DOCUMENT = 20
SENTENCES = (3, 6)
"""Fewest sentences of a passage, and one more than the most."""
SHARING = 3
"""Passages that share a rare token."""


def vector_blocks(seeds: Vectors, count: int) -> Iterator[Vectors]:
    """Yield vectors near to the seeds, and between them, shape ``(n, d)``, rows of length 1."""
    near = np.argsort(-(seeds @ seeds.T), axis=1)[:, 1 : NEIGHBOURS + 1]
    for start in range(0, count, BLOCK):
        size = min(BLOCK, count - start)
        rng = np.random.default_rng([start, 0])
        first, plus, minus = rng.integers(len(seeds), size=(3, size))
        share = rng.uniform(0, 0.5, size=(size, 1)).astype(np.float32)
        noise = rng.uniform(*DIFFERENCE, size=(size, 1)).astype(np.float32)
        vectors = seeds[near[first, rng.integers(NEIGHBOURS, size=size)]]
        vectors *= share
        vectors += (1 - share) * seeds[first]
        vectors += noise * (seeds[plus] - seeds[minus])
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        yield vectors


def documents(
    sentences: Sequence[list[str]], count: int
) -> Iterator[tuple[str, list[tuple[int, list[str]]]]]:
    """Yield documents of real sentences in any order: their ids, and each passage's key and tokens.

    Args:
        sentences: the tokens of each.
        count: of passages in all documents.

    """
    for number, start in enumerate(range(0, count, PER_DOCUMENT)):
        size = min(PER_DOCUMENT, count - start)
        rng = np.random.default_rng([start, 1])
        lengths, rare = rng.integers(*SENTENCES, size=size), rng.integers(count, size=size)
        chosen = iter(rng.integers(len(sentences), size=lengths.sum()).tolist())
        passages = []
        for place, (length, code) in enumerate(zip(lengths.tolist(), rare.tolist(), strict=True)):
            tokens = [f"rare{code // SHARING}"]
            for _ in range(length):
                tokens += sentences[next(chosen)]
            passages.append(((number << KEY_BITS) + place, tokens))
        yield f"document{number}", passages


def stretches(count: int) -> tuple[Rows, Rows, Rows]:
    """Return, for ``Runs``, the first key of each document, its first row, and its passages."""
    rows = np.arange(0, count, PER_DOCUMENT)
    keys = np.arange(len(rows), dtype=np.int64) << KEY_BITS
    return keys, rows, np.diff(rows, append=count)
