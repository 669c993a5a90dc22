"""Format an evaluation as Markdown that is readable as it is on a terminal of 80 columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from evaluation.figures import FIGURES, estimates
from evaluation.intervals import Estimate
from evaluation.judge import Judged, Shown

COMPARED = ("handled", "hit@1", "complete", "precision")
WITHOUT_BAR = ("hit@1", "complete", "precision")
"""Figures that mean something for a search that never declines."""

N_WORST = 20
N_QUOTES = 3
"""Quotes shown of each of the worst answers."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table with aligned columns: the first to the left, the others right."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_row(row, widths) for row in [cells[0], rule, *cells[1:]])


def headline(rows: Sequence[Judged], figures: Mapping[str, float | None]) -> str:
    """Return the table of the figures over all questions."""
    found = estimates(rows, FIGURES)
    lines = [[name, _value(one), _interval(one)] for name, one in found.items()]
    for name in ("p50_ms", "p95_ms"):
        ms = figures[name]
        lines.append([name, "–" if ms is None else f"{ms:.0f}", ""])
    return table(["figure", "value", "95 % interval"], lines)


def by_group(name: str, rows: Iterable[Judged], group: Callable[[Judged], str]) -> str:
    """Return the compared figures, one line per group, in order of first appearance."""
    groups: dict[str, list[Judged]] = {}
    for row in rows:
        groups.setdefault(group(row), []).append(row)
    lines = [
        [key, str(len(some)), *(_both(one) for one in estimates(some, COMPARED).values())]
        for key, some in groups.items()
    ]
    return table([name, "n", *COMPARED], lines)


def comparison(runs: Mapping[str, Sequence[Judged]]) -> str:
    """Return the figures of several ways to answer, one per line."""
    lines = [
        [name, *(_both(one) for one in estimates(rows, WITHOUT_BAR).values())]
        for name, rows in runs.items()
    ]
    return table(["", *WITHOUT_BAR], lines)


def worst(rows: Iterable[Judged]) -> list[Judged]:
    """Return the questions that were not handled, the most confident wrong answers first."""
    missed = [row for row in rows if not row.is_handled]
    return sorted(missed, key=lambda row: (not row.is_found, -_top_score(row)))


def worst_text(rows: Iterable[Judged]) -> str:
    """Return the worst questions with what was shown, as blocks that no source text can break."""
    missed = worst(rows)
    if not missed:
        return "Every question was handled."
    blocks = [_block(row) for row in missed[:N_WORST]]
    if len(missed) > N_WORST:
        blocks.append(f"{len(missed) - N_WORST} more were not handled.")
    return "\n\n".join(blocks)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = [cells[0].ljust(widths[0])]
    aligned += [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return f"| {' | '.join(aligned)} |"


def _value(one: Estimate | None) -> str:
    return "–" if one is None else f"{one.value:.3f}"


def _interval(one: Estimate | None) -> str:
    return "" if one is None else f"{one.low:.3f} to {one.high:.3f}"


def _both(one: Estimate | None) -> str:
    """Return ``.93 .90–.96``: two digits, so that a line has room for four figures."""
    if one is None:
        return "–"
    return f"{_short(one.value)} {_short(one.low)}–{_short(one.high)}"


def _short(value: float) -> str:
    """Return a share in three characters: ``.93``, ``.00``, ``1.0``."""
    text = f"{value:.2f}"
    return text.removeprefix("0") if text.startswith("0.") else f"{value:.1f}"


def _top_score(row: Judged) -> float:
    if row.reply is None:
        return 0.0
    return max((quote.score for quote in [*row.reply.quotes, *row.reply.related]), default=0.0)


def _block(row: Judged) -> str:
    question = row.question
    turns = [*question.history, question.question]
    lines = [*(f"? {' '.join(turn.split())}" for turn in turns), _outcome(row), *_quotes(row)]
    text = "\n".join(lines)
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", text))])
    return f"**{question.question_id}** ({question.kind})\n\n{fence}text\n{text}\n{fence}"


def _quotes(row: Judged) -> Iterator[str]:
    if row.reply is None:
        return
    for quote, right in zip(row.reply.quotes[:N_QUOTES], row.on_evidence, strict=False):
        yield f"{'+' if right else '-'} {_quoted(quote)}"
    if len(row.reply.quotes) > N_QUOTES:
        yield f"and {len(row.reply.quotes) - N_QUOTES} more"
    for quote in row.reply.related[:1]:
        yield f"closest: {_quoted(quote)}"


def _outcome(row: Judged) -> str:
    if row.reply is None:
        return "=> no answer at all"
    if row.is_found:
        n = len(row.reply.quotes)
        return f"=> answered with {n} quote{'' if n == 1 else 's'}"
    return "=> declined" + "".join(f", notice {kind}" for kind in sorted(row.reply.notices))


def _quoted(quote: Shown) -> str:
    return f"{quote.score:.2f} {quote.doc_id}: {' '.join(quote.text.split())}"
