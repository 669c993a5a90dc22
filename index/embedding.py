"""Encode many texts, report progress, and check what the encoder returns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, Vectors
from index.errors import EncoderError

ENCODE_AT_ONCE = 256
"""Texts encoded between two reports of progress. Chosen by hand."""

EncodingProgress = Callable[[int, int], None]
"""Called with the number of texts encoded so far and the number of all texts."""


def embed(
    encoder: Encoder, texts: Sequence[str], progress: EncodingProgress | None = None
) -> Vectors:
    """Return one unit vector per text, shape ``(n, d)``.

    Raises:
        EncoderError: if the encoder returns anything else.

    """
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(texts), ENCODE_AT_ONCE):
        some = texts[start : start + ENCODE_AT_ONCE]
        rows = encoder.encode(some)
        if rows.shape != (len(some), encoder.dimension):
            raise _unusable(encoder, f"rows of shape {rows.shape}")
        if not are_unit(rows):
            raise _unusable(encoder, "rows that are not unit vectors")
        vectors[start : start + len(some)] = rows
        if progress is not None:
            progress(start + len(some), len(texts))
    return vectors


def are_unit(rows: NDArray[Any]) -> bool:
    """Whether this is one unit vector per row, float32; no number is missing or infinite."""
    if rows.ndim != 2 or rows.dtype != np.float32:
        return False
    return bool(np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3))  # also refuses NaN


def _unusable(encoder: Encoder, what: str) -> EncoderError:
    return EncoderError(
        f"the encoder {encoder.name} returned {what}. Check its installation, "
        "then run `quotewell build`."
    )
