"""The report as Markdown."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks.figures import Figures
from benchmarks.performance.charts import Chart, shown
from benchmarks.performance.parts import Part
from benchmarks.performance.rows import NOT_MEASURED, Row, Section
from benchmarks.performance.running import SECONDS, Outcome
from evaluation.text.tables import table
from ingest.drafting.processor import cores

HEAD = """# Performance

Written by `make performance`. Every figure was measured by one of the
[commands below](#commands), each in a process of its own, one after another. What stands beside a
figure was measured in the same run, and × is the figure over it. The limit is what could be done at
best on this machine, with the reason; × is the figure over the limit."""
TRIED = "**A try with the smallest sizes, to see that everything runs: no figure means anything.**"
HEADS = ("", "measured", "wanted", "beside it, in the same run", "limit")


def machine() -> str:
    """Return the machine in words, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    number = cores()
    return (
        f"{number} processor core{'s' if number > 1 else ''} ({_processor()}), "
        f"{memory:.0f} GiB of memory, {platform.system()}, Python {platform.python_version()}"
    )


def page(
    sections: Sequence[Section],
    outcomes: Mapping[Part, Outcome],
    charts: Mapping[str, str],
    about: str,
    *,
    is_try: bool,
) -> str:
    """Return the report.

    Args:
        sections: what it says, in order.
        outcomes: of every benchmark; those that were left out have neither figures nor fault.
        charts: the address of each picture, by its name.
        about: the machine and the day.
        is_try: whether it is a try.

    """
    figures = gathered(outcomes)
    told = [one for one in sections if any(row.value(figures) is not None for row in one.rows)]
    blocks = [HEAD, *([TRIED] if is_try else []), about, *_troubles(outcomes)]
    blocks += ["## What must hold", _overview(sections, figures)]
    for section in told:
        blocks += [f"## {section.title}", section.about, _rows(section.rows, figures)]
        blocks += _reasons(section.rows, figures)
        drawn = filter(None, (draw(figures) for draw in section.charts))
        blocks += [_picture(chart, charts[chart.name]) for chart in drawn if chart.name in charts]
    return "\n\n".join([*blocks, "## Commands", _commands(outcomes)]) + "\n"


def gathered(outcomes: Mapping[Part, Outcome]) -> Figures:
    """Return the figures of all benchmarks, each with the name of its own before it."""
    return {
        f"{part.name}/{name}": value
        for part, outcome in outcomes.items()
        for name, value in outcome.figures.items()
    }


def _overview(sections: Sequence[Section], figures: Figures) -> str:
    rows = [
        [
            f"{section.title}: {row.name}",
            row.measured(figures),
            row.wanted.told(figures),
            row.verdict(figures),
        ]
        for section in sections
        for row in section.rows
        if row.wanted
    ]
    return table(["", "measured", "wanted", ""], rows)


def _rows(rows: Sequence[Row], figures: Figures) -> str:
    """Return a table without the columns that nothing is in."""
    cells = [HEADS, *(row.cells(figures) for row in rows)]
    used = [at for at in range(len(HEADS)) if any(row[at] for row in cells[1:])]
    first, *others = ([row[at] for at in used] for row in cells)
    return table(first, others)


def _reasons(rows: Sequence[Row], figures: Figures) -> list[str]:
    """Return why the limits are what they are, each reason once."""
    named: dict[str, list[str]] = {}
    for row in rows:
        if limit := row.farthest(figures):
            named.setdefault(limit.why, []).append(row.name)
    lines = [f"- {'; '.join(names)}: {why}" for why, names in named.items()]
    return ["Why the limits:\n\n" + "\n".join(lines)] if lines else []


def _picture(chart: Chart, address: str) -> str:
    words = re.sub(r"[\[\]\\`|]", "", chart.alt)
    return f"![{words}]({address})"


def _troubles(outcomes: Mapping[Part, Outcome]) -> list[str]:
    """Return what failed and what was left out, if anything."""
    failed = [
        f"- **{part.name} failed**: `{outcome.fault.replace('`', '')}`"
        for part, outcome in outcomes.items()
        if outcome.fault
    ]
    left = [
        f"{part.name} (`{'`, `'.join(part.needs)}` not given)" for part in outcomes if part.needs
    ]
    told = [f"Left out: {'; '.join(left)}."] if left else []
    return [*(["\n".join(failed)] if failed else []), *told]


def _commands(outcomes: Mapping[Part, Outcome]) -> str:
    rows = [
        [f"`{part.command}`", str(outcome.day), _seconds(outcome)]
        for part, outcome in outcomes.items()
        if outcome.day
    ]
    return table(["", "measured on", "took, s"], rows)


def _seconds(outcome: Outcome) -> str:
    took = outcome.figures.get(SECONDS)
    return NOT_MEASURED if took is None else shown(took)


def about(day: date) -> str:
    """Return on what and when it was measured."""
    return f"Measured on {machine()}; report of {day}."


def _processor() -> str:
    """Return the kind of processor, as it says itself."""
    path = Path("/proc/cpuinfo")
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.M)
    return found[1] if found else platform.machine()
