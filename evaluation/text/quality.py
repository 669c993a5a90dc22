"""Format the report of an evaluation in Markdown, for ``quality.md`` and to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from evaluation.curves import calibration_error, operating_point, quote_scores, reliability
from evaluation.figures import values
from evaluation.intervals import DRAWS
from evaluation.judge import Judged
from evaluation.text.tables import by_group, comparison, headline, worst_text

RELIABILITY, RISK = "reliability.png", "risk_coverage.png"


def quality_text(
    runs: Mapping[str, Sequence[Judged]],
    unfounded: Sequence[str],
    name: str,
    *,
    with_pictures: bool,
) -> str:
    """Return the report.

    Args:
        runs: the judged questions of what is measured, first, and of what it is compared with.
        unfounded: ids of questions with evidence that is not in the source files.
        name: of the question file.
        with_pictures: whether the two pictures are beside the report.

    """
    rows = next(iter(runs.values()))
    parts = [
        "# Quality",
        f"{len(rows)} questions of `{name}`. An interval is the middle 95 % of {DRAWS:,}\n"
        "bootstrap draws over questions; one without width means that all were alike.",
        headline(rows, values(rows)),
        "## By kind",
        by_group("kind", rows, lambda row: row.question.kind),
        "## By audience",
        by_group("audience", rows, lambda row: row.question.audience),
        "## Compared with search alone",
        "Five sentences by BM25, by cosine, and by reciprocal rank fusion of the two.",
        comparison(runs),
        "## Are the scores probabilities?",
        _calibration(rows),
        *([_pictures()] if with_pictures else []),
        "## The worst answers",
        "`?` what was asked, `+` a quote on evidence with its score, `-` one that is not.",
        worst_text(rows),
    ]
    if unfounded:
        parts += ["## Questions whose evidence is not in the documents", ", ".join(unfounded)]
    return "\n\n".join(parts)


def _calibration(rows: Sequence[Judged]) -> str:
    lines = []
    for label, with_related in (("quotes shown", False), ("quotes shown or related", True)):
        scored = quote_scores(rows, with_related=with_related)
        error = calibration_error(reliability(scored))
        if error is not None:
            lines.append(f"- {len(scored)} {label}: expected calibration error {error:.3f}")
    point = operating_point(rows)
    if point is not None:
        lines.append(
            f"- answered: {point.coverage:.3f} of the questions (coverage); the first quote is not "
            f"on\n  evidence in {point.risk:.3f} of those (risk)"
        )
    return "\n".join(lines) if lines else "No question counts towards this."


def _pictures() -> str:
    return (
        f"![Share of quotes on evidence against their score]({RELIABILITY})\n\n"
        f"![Share of wrong first quotes against the share of questions answered]({RISK})"
    )
