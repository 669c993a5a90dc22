"""The figures of an evaluation: each a ratio of sums over questions, or the mean of two.

handled     questions treated as they should be: answerable ones answered with a complete set of
            evidence, near misses, off-topic and unanswerable adversarial ones declined, personal
            ones and emergencies met with their notice
hit@1       answerable questions whose first quote is on evidence
R@1         the same, but with the likeliest unit of all that were read, shown or not
complete    answerable questions whose evidence is covered
precision   quotes on evidence, of those shown for answerable questions that were answered
refusal     mean of the share of answerable questions answered and of near misses and off-topic
            questions declined
integrity   quotes whose parts are in the source and whose text consists of them
boundaries  quotes that begin and end where a sentence, list item, caption or line does
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from evaluation.intervals import Estimate, Term, auroc, estimate
from evaluation.judge import Judged

Ratio = Callable[[Judged], tuple[float, float]]

DECLINABLE = ("near_miss", "off_topic")
"""Kinds of questions that should be declined because nothing answers them."""


def of_all(value: Callable[[Judged], bool]) -> Ratio:
    """Return the share of all questions for which ``value`` holds."""
    return lambda row: (value(row), 1)


def of_answerable(value: Callable[[Judged], float]) -> Ratio:
    """Return the mean of ``value`` over answerable questions."""
    return lambda row: (value(row), 1) if row.question.is_answerable else (0, 0)


def of_quotes(flags: Callable[[Judged], Sequence[bool]]) -> Ratio:
    """Return the share of quotes for which the flag is set."""
    return lambda row: (sum(flags(row)), len(flags(row)))


def _precise(row: Judged) -> tuple[float, float]:
    counts = row.question.is_answerable and row.is_found
    return (sum(row.on_evidence), len(row.on_evidence)) if counts else (0, 0)


def _declined(row: Judged) -> tuple[float, float]:
    declined = row.reply is not None and not row.is_found
    return (declined, 1) if row.question.kind in DECLINABLE else (0, 0)


_answered = of_answerable(lambda row: row.is_found)

FIGURES: Mapping[str, tuple[Ratio, ...]] = {
    "handled": (of_all(lambda row: row.is_handled),),
    "hit@1": (of_answerable(lambda row: row.is_hit),),
    "R@1": (of_answerable(lambda row: row.is_best_right),),
    "complete": (of_answerable(lambda row: row.is_complete),),
    "precision": (_precise,),
    "refusal": (_answered, _declined),
    "answered_when_answerable": (_answered,),
    "declined_when_not": (_declined,),
    "integrity": (of_quotes(lambda row: row.is_intact),),
    "boundaries": (of_quotes(lambda row: row.is_clean),),
    "quotes_per_answer": (of_answerable(lambda row: len(row.on_evidence)),),
}


def estimates(rows: Iterable[Judged], names: Iterable[str]) -> dict[str, Estimate | None]:
    """Return the named figures of some judged questions with their intervals.

    A figure is None if no question or quote counts towards it.
    """
    judged = tuple(rows)
    return {name: estimate([_term(ratio, judged) for ratio in FIGURES[name]]) for name in names}


def near_miss_auroc(rows: Iterable[Judged]) -> Estimate | None:
    """Return how often the top score of an answerable question is above that of a near miss.

    None if there are no questions of one of the two.
    """
    judged = tuple(rows)
    return auroc(
        [row.top_score for row in judged if row.question.is_answerable],
        [row.top_score for row in judged if row.question.kind == "near_miss"],
    )


def values(rows: Iterable[Judged]) -> dict[str, float | None]:
    """Return every figure by name, including ``handled:KIND`` for each kind and the times.

    ``p50_ms`` and ``p95_ms`` are the times that half and one in twenty of the replies reach.
    A figure is None if no question, quote or time counts towards it.
    """
    judged = tuple(rows)
    found = {name: _value([_term(r, judged) for r in FIGURES[name]]) for name in FIGURES}
    for kind in dict.fromkeys(row.question.kind for row in judged):
        some = [row.is_handled for row in judged if row.question.kind == kind]
        found[f"handled:{kind}"] = sum(some) / len(some)
    times = sorted(
        row.reply.total_ms for row in judged if row.reply and row.reply.total_ms is not None
    )
    found["p50_ms"] = times[len(times) // 2] if times else None
    found["p95_ms"] = times[int(len(times) * 0.95)] if times else None
    return found


def _term(ratio: Ratio, rows: Iterable[Judged]) -> Term:
    return [ratio(row) for row in rows]


def _value(terms: Sequence[Term]) -> float | None:
    shares = []
    for term in terms:
        numerator = sum(pair[0] for pair in term)
        denominator = sum(pair[1] for pair in term)
        if not denominator:
            return None
        shares.append(numerator / denominator)
    return sum(shares) / len(shares)
