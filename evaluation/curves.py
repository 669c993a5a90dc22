"""Compute reliability (are scores probabilities?) and risk by coverage; ``plots.py`` draws them.

Personal questions, emergencies and adversarial ones are left out: whether a quote is right for
them depends on more than evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from evaluation.figures import DECLINABLE
from evaluation.judge import Judged, touches

N_BINS = 10
"""Bins of equal width between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A score and whether the quote that has it was right."""

    score: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The quotes whose scores are in one part of ``[0, 1]``."""

    mean_score: float
    share_right: float
    n: int


@dataclass(frozen=True, slots=True)
class Point:
    """What happens if only questions with at least this score are answered."""

    bar: float
    coverage: float
    """Share of questions answered."""
    risk: float
    """Share of the answered questions whose first quote is not on evidence."""


def quote_scores(rows: Iterable[Judged], *, with_related: bool) -> tuple[Outcome, ...]:
    """Return the score of every quote shown, and of every related one if wanted."""
    outcomes = []
    for row in rows:
        if row.reply is None or not _counts(row):
            continue
        quotes = [*row.reply.quotes, *(row.reply.related if with_related else ())]
        outcomes += [Outcome(q.score, touches(q, row.question.evidence)) for q in quotes]
    return tuple(outcomes)


def first_scores(rows: Iterable[Judged]) -> tuple[Outcome, ...]:
    """Return, for each question, the first quote's score or, if declined, the first related one's.

    A question without either is refused at every bar: its score is 0 and it is not right.
    """
    return tuple(Outcome(row.top_score, row.is_best_right) for row in rows if _counts(row))


def operating_point(rows: Iterable[Judged]) -> Point | None:
    """Return coverage and risk of the answers as given; None if no question counts.

    The bar is the lowest first score that was answered, 1 if none was; the risk of answering
    nothing is 0.
    """
    counted = [row for row in rows if _counts(row)]
    answered = [row for row in counted if row.is_found]
    if not counted:
        return None
    bars = [row.top_score for row in answered]
    wrong = sum(not row.is_hit for row in answered)
    return Point(
        min(bars, default=1.0), len(answered) / len(counted), wrong / max(1, len(answered))
    )


def reliability(outcomes: Sequence[Outcome]) -> tuple[Bin, ...]:
    """Return the bins that contain a score, lowest first."""

    def place(one: Outcome) -> int:
        return min(int(one.score * N_BINS), N_BINS - 1)

    bins = []
    for _, group in groupby(sorted(outcomes, key=place), key=place):
        some = list(group)
        mean = sum(one.score for one in some) / len(some)
        bins.append(Bin(mean, sum(one.is_right for one in some) / len(some), len(some)))
    return tuple(bins)


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """Return the expected calibration error: the mean gap of the bins, weighted by their size.

    See Naeini, Cooper and Hauskrecht (AAAI 2015). None without a bin.
    """
    total = sum(one.n for one in bins)
    if not total:
        return None
    return sum(one.n * abs(one.mean_score - one.share_right) for one in bins) / total


def risk_coverage(outcomes: Sequence[Outcome]) -> tuple[Point, ...]:
    """Return one point for each bar that changes something, highest bar first."""
    best_first = sorted(outcomes, key=lambda one: -one.score)
    points, n_answered, n_wrong = [], 0, 0
    for bar, group in groupby(best_first, key=lambda one: one.score):
        some = list(group)
        n_answered += len(some)
        n_wrong += sum(not one.is_right for one in some)
        points.append(Point(bar, n_answered / len(outcomes), n_wrong / n_answered))
    return tuple(points)


def _counts(row: Judged) -> bool:
    return row.question.is_answerable or row.question.kind in DECLINABLE
