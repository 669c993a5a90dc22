"""Reciprocal rank fusion: merge several rankings into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

RRF_K = 60
"""Damping constant of reciprocal rank fusion; 60 is the value of Cormack, Clarke and Büttcher
(SIGIR 2009), who found that results depend little on it."""


def reciprocal_rank_fusion(
    rankings: Sequence[Iterable[int]], *, rrf_k: int = RRF_K, weights: Sequence[float] = ()
) -> list[tuple[int, float]]:
    """Merge rankings by rank alone, so that their scores need not be comparable.

    Args:
        rankings: rows, best first; a row occurs at most once in each ranking.
        rrf_k: the larger it is, the less the first ranks count.
        weights: how much each ranking counts; all the same if empty.

    Returns:
        ``(row, score)`` pairs, best first, ties in row order. A row's score is the sum over
        the rankings it is in of ``weight / (rrf_k + rank)``, with ranks from 1.

    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, row in enumerate(ranking, start=1):
            scores[int(row)] += weight / (rrf_k + rank)
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
