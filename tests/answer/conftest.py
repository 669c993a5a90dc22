"""A small document, read as any other, and a toy encoder for its index."""

import hashlib

import numpy as np
import pytest

from index.encoder import Tokens
from index.tokens import tokenize
from ingest.pipeline import ingest_bytes

TEXT = b"""# A Drug

## Use

The drug is given every 3 weeks [1, 3-4]. It is a drip. He did not want

**Figure 1.** A drip.

to stop it.

## Side effects

Side effects include:

- fever
- back pain

Call your team.

## References

- First A. One. 2001.
- Second B. Two. 2002.
- Third C. Three. 2003. https://example.org/three
- Fourth D. Four. 2004.
"""


class ToyEncoder:
    """Bags of hashed words: enough to be nearest to texts that share words."""

    name, sha256, dimension, max_tokens = "toy", "0" * 64, 64, 256

    def encode(self, texts):
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.1
            for token in tokenize(text):
                row[int(hashlib.md5(token.encode()).hexdigest(), 16) % 63 + 1] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def count_tokens(self, text):
        return len(text.split())

    def tokens(self, text):
        words = text.split()
        ids = tuple(1000 + len(word) for word in words)
        starts = [text.index(word) for word in words]
        ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
        return Tokens(ids, tuple(zip(starts, ends, strict=True)))


@pytest.fixture(scope="session")
def document():
    return ingest_bytes("drug", ".md", TEXT, name="drug.md")


@pytest.fixture(scope="session")
def encoder():
    return ToyEncoder()
