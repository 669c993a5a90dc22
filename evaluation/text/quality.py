"""Format the report of an evaluation in Markdown, for ``quality.md`` and to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evaluation.baselines import BAR, BARRED, WITH_BAR
from evaluation.curves import calibration_error, operating_point, quote_scores, reliability
from evaluation.figures import near_miss_auroc, values
from evaluation.intervals import DRAWS
from evaluation.judge import Judged
from evaluation.text.tables import by_group, comparison, headline, worst_text

RELIABILITY, RISK = "reliability.png", "risk_coverage.png"
NEVER_DECLINING = ("hit@1", "complete", "precision")
"""Figures that mean something for a search that never declines."""
DECLINING = ("handled", "complete", "precision", "refusal")
"""What is compared with a search that declines."""


def quality_text(
    runs: Mapping[str, Sequence[Judged]],
    unfounded: Sequence[str],
    asked: str,
    *,
    with_pictures: bool,
) -> str:
    """Return the report.

    Args:
        runs: the judged questions of what is measured, first, and of what it is compared with.
        unfounded: ids of questions with evidence that is not in the source files.
        asked: what was asked of what, as a sentence.
        with_pictures: whether the two pictures are beside the report.

    """
    first, rows = next(iter(runs.items()))
    parts = [
        "# Quality",
        f"{asked}\nAn interval is the middle 95 % of {DRAWS:,} bootstrap draws over questions,\n"
        "not over documents; one without width means that all were alike.",
        headline(rows, values(rows)),
        "`R@1` counts the likeliest of all sentences that were read, shown or not.",
        "## By kind",
        by_group("kind", rows, lambda row: row.question.kind),
        "## By audience",
        by_group("audience", rows, lambda row: row.question.audience),
        "## Compared with search alone",
        "Five sentences by BM25, by cosine, and by reciprocal rank fusion of the two.",
        comparison({way: r for way, r in runs.items() if way != WITH_BAR}, NEVER_DECLINING),
        f"With a bar it declines too: {BARRED} if its first sentence scores less than {BAR}.",
        comparison({way: runs[way] for way in (first, WITH_BAR)}, DECLINING),
        "## Are the scores probabilities?",
        "\n".join(_calibration(rows)) or "No question counts towards this.",
        *([_pictures()] if with_pictures else []),
        "## The worst answers",
        "`?` what was asked, `+` a quote on evidence with its score, `-` one that is not.",
        worst_text(rows),
    ]
    if unfounded:
        parts += ["## Questions whose evidence is not in the documents", ", ".join(unfounded)]
    return "\n\n".join(parts)


def _calibration(rows: Sequence[Judged]) -> Iterator[str]:
    for label, with_related in (("quotes shown", False), ("quotes shown or related", True)):
        scored = quote_scores(rows, with_related=with_related)
        error = calibration_error(reliability(scored))
        if error is not None:
            yield f"- {len(scored)} {label}: expected calibration error {error:.3f}"
    point = operating_point(rows)
    if point is not None:
        yield (
            f"- answered: {point.coverage:.3f} of the questions (coverage); the first quote is not "
            f"on\n  evidence in {point.risk:.3f} of those (risk)"
        )
    area = near_miss_auroc(rows)
    if area is not None:
        yield (
            "- the top score of an answerable question is above that of a near miss with a\n"
            f"  probability (AUROC) of {area.value:.3f} ({area.low:.3f} to {area.high:.3f})"
        )


def _pictures() -> str:
    return (
        f"![Share of quotes on evidence against their score]({RELIABILITY})\n\n"
        f"![Share of wrong first quotes against the share of questions answered]({RISK})"
    )
