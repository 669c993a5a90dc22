"""Vectors and parts that tests make."""

import numpy as np

from index.parts.part import Part
from index.parts.writing import PartWriter

D = 16


def random_units(seed, n, d=D):
    """Return ``n`` random vectors of length 1."""
    rows = np.random.default_rng(seed).normal(size=(n, d)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def write_part(folder, vectors, flat_rows, monkeypatch):
    """Write vectors in several blocks, where so many are compared one by one; open the part."""
    monkeypatch.setattr("index.parts.writing.FLAT_ROWS", flat_rows)
    with PartWriter(folder) as writer:
        for start in range(0, len(vectors), 300):
            writer.add(vectors[start : start + 300])
    return Part(folder, vectors.shape[1])
