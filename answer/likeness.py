"""How similar words and texts are. The only module that imports rapidfuzz."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from index.hits import Scores


def nearest(word: str, words: Sequence[str], max_slips: int) -> str | None:
    """Return the word that ``word`` was meant to be, or None if all are too different.

    A slip is a letter too many, too few or wrong, or two neighbouring letters swapped. Of equally
    near words the first is returned.
    """
    found = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=max_slips)
    return str(found[0]) if found else None


def within(word: str, words: Sequence[str], max_slips: int) -> list[str]:
    """Return the words that ``word`` may have been meant to be, in their order."""
    near = process.extract_iter(word, words, scorer=OSA.distance, score_cutoff=max_slips)
    return [str(known) for known, _, _ in near]


def ratios(firsts: Sequence[str], seconds: Sequence[str]) -> Scores:
    """Return the share of characters that each pair has in common, 0 to 100, shape ``(n, m)``."""
    scores = process.cdist(firsts, seconds, scorer=fuzz.ratio, dtype=np.float32, workers=1)
    return np.asarray(scores)


def contained(firsts: Sequence[str], seconds: Sequence[str]) -> Scores:
    """Return the same for the words that both texts of a pair contain (``token_set_ratio``)."""
    scorer = fuzz.token_set_ratio
    scores = process.cdist(firsts, seconds, scorer=scorer, dtype=np.float32, workers=1)
    return np.asarray(scores)
