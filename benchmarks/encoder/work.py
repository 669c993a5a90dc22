"""How many operations a pass of the encoder or the reader takes."""

from __future__ import annotations

import json
from functools import cache

from index.weights import installed_model

CONFIG = "config.json"
"""Of the published model. The reader has the same layers (``answer/models/README.md``)."""


def flop(tokens: int) -> float:
    """Return the additions and multiplications of one pass over so many tokens.

    Counted are the products of matrices: of each layer's weights with each token, and of each token
    with each other. Nothing else grows as fast.
    """
    layers, width, inner = _shape()
    weights = layers * (4 * width**2 + 2 * width * inner)
    return 2.0 * tokens * weights + 4.0 * layers * width * tokens**2


@cache
def _shape() -> tuple[int, int, int]:
    told = json.loads((installed_model() / CONFIG).read_text(encoding="utf-8"))
    return told["num_hidden_layers"], told["hidden_size"], told["intermediate_size"]
