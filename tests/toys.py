"""Stand-ins for the models: small, quick, and the same in every test."""

import re
import zlib
from dataclasses import dataclass, field

import numpy as np

from index.encoder import Tokens
from index.tokens import tokenize


@dataclass
class ToyEncoder:
    """Counts words in buckets, so that texts with words in common are near one another.

    A token is a run of characters that are not white space; its id says how long it is.
    """

    name: str = "toy"
    sha256: str = "0" * 64
    dimension: int = 64
    max_tokens: int = 256
    seen: list = field(default_factory=list)
    """Every text encoded, in order."""

    def encode(self, texts):
        self.seen.extend(texts)
        rows = np.full((len(texts), self.dimension), 0.01, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for token in tokenize(text):
                row[zlib.crc32(token.encode("utf-8")) % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def count_tokens(self, text):
        return len(text.split())

    def tokens(self, text):
        words = list(re.finditer(r"\S+", text))
        return Tokens(
            tuple(1000 + len(word.group()) for word in words),
            tuple(word.span() for word in words),
        )
