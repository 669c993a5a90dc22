"""Reciprocal rank fusion: merge several rankings into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

RRF_K = 60
"""Damping constant of reciprocal rank fusion; 60 is the value of Cormack, Clarke and Büttcher
(SIGIR 2009), who found that results depend little on it."""


def reciprocal_rank_fusion(
    rankings: Iterable[Iterable[int]], *, rrf_k: int = RRF_K
) -> list[tuple[int, float]]:
    """Merge rankings by rank alone, so that their scores need not be comparable.

    Args:
        rankings: rows, best first; a row occurs at most once in each ranking.
        rrf_k: the larger it is, the less the first ranks count.

    Returns:
        ``(row, score)`` pairs, best first, ties in row order. A row's score is the sum over
        the rankings it is in of ``1 / (rrf_k + rank)``, with ranks from 1.

    """
    scores: defaultdict[int, float] = defaultdict(float)
    for ranking in rankings:
        for rank, row in enumerate(ranking, start=1):
            scores[int(row)] += 1 / (rrf_k + rank)
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
