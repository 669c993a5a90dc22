"""The letters of words, as bits: which known words can be the one that was meant."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Letters = NDArray[np.uint64]
"""One number for each word. Bits 0 to 25: the letters a to z that it has; 26 to 51: those that it
has twice; the others share the bits 52 to 63."""

_A, _COUNT, _OTHERS, _REST = 97, 26, 52, 12


def letters_of(words: Sequence[str]) -> Letters:
    """Return the letters of some words that are all as long as the first."""
    seen = np.zeros(len(words), dtype=np.uint64)
    twice = np.zeros_like(seen)
    if not words:
        return seen
    codes = np.array(words).view(np.uint32).reshape(len(words), -1).astype(np.uint64)
    plain = np.uint64((1 << _COUNT) - 1)
    for column in codes.T:
        is_plain = (column >= _A) & (column < _A + _COUNT)
        bits = np.uint64(1) << np.where(is_plain, column - np.uint64(_A), _OTHERS + column % _REST)
        twice |= seen & bits & plain
        seen |= bits
    return seen | (twice << np.uint64(_COUNT))


def may_differ(known: Letters, word: str, slips: int) -> NDArray[np.int64]:
    """Return the positions of the words that may be ``word`` with at most some slips.

    A slip changes two bits at most: a wrong letter takes one away and adds another. So every word
    that near is among them, and few others.
    """
    changed = np.bitwise_count(known ^ letters_of([word])[0])
    return np.flatnonzero(changed <= 2 * slips)
