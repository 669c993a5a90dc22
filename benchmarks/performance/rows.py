"""What the report says of a figure: what is wanted, what stands beside it, how far it could go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import ge, le

from benchmarks.figures import Figures
from benchmarks.performance.charts import Chart, shown

NOT_MEASURED = "—"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The most that a figure may be, or the least."""

    value: float | tuple[str, ...]
    """A number; or figures of others, the best of which is to be reached."""
    is_least: bool = False

    def bound(self, figures: Figures) -> float | None:
        """Return the number; None if the others were not measured."""
        if isinstance(self.value, float | int):
            return self.value
        others = [figures[name] for name in self.value if name in figures]
        best = max if self.is_least else min
        return best(others) if len(others) == len(self.value) else None

    def holds(self, value: float, figures: Figures) -> bool | None:
        """Whether a value is as wanted; None if that cannot be told."""
        bound = self.bound(figures)
        return None if bound is None else (ge if self.is_least else le)(value, bound)

    def told(self, figures: Figures) -> str:
        """Return what is wanted, in words."""
        bound = self.bound(figures)
        if bound is None:
            return NOT_MEASURED
        sign = "≥" if self.is_least else "≤"
        if isinstance(self.value, tuple):
            return f"{sign} {shown(bound)}, the best of the others"
        return f"{sign} {bound:,g}"


def at_most(*values: float | str) -> Wanted:
    """Return that a figure be no more than a number, or than the least of some figures."""
    return _wanted(values, is_least=False)


def at_least(*values: float | str) -> Wanted:
    """Return that a figure be no less than a number, or than the greatest of some figures."""
    return _wanted(values, is_least=True)


def _wanted(values: Sequence[float | str], *, is_least: bool) -> Wanted:
    names = tuple(one for one in values if isinstance(one, str))
    return Wanted(names or next(one for one in values if not isinstance(one, str)), is_least)


@dataclass(frozen=True, slots=True)
class Limit:
    """How good a figure could be on this machine, and why not better."""

    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the report."""

    name: str
    unit: str
    figure: str
    wanted: Wanted | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    """What was measured in the same run to be compared with it: a figure, by what it is of."""
    limit: Callable[[Figures], Limit] | None = None
    over: str | None = None
    """The figure that it is divided by."""

    def value(self, figures: Figures) -> float | None:
        """Return the figure; None if it was not measured."""
        value = figures.get(self.figure)
        if value is None or self.over is None:
            return value
        return value / figures[self.over] if figures.get(self.over) else None

    def measured(self, figures: Figures) -> str:
        """Return the figure with its unit."""
        value = self.value(figures)
        return NOT_MEASURED if value is None else f"{shown(value)} {self.unit}".rstrip()

    def verdict(self, figures: Figures) -> str:
        """Return whether it is as wanted, in a word."""
        value = self.value(figures)
        is_kept = None if value is None or not self.wanted else self.wanted.holds(value, figures)
        return {None: NOT_MEASURED, True: "kept", False: "**missed**"}[is_kept]

    def cells(self, figures: Figures) -> list[str]:
        """Return the row of a table: figure, what is wanted, what stands beside it, its limit."""
        value = self.value(figures)
        wanted = self.wanted.told(figures) if self.wanted else ""
        if self.verdict(figures) == "**missed**":
            wanted += ", **missed**"
        beside = [
            f"{name} {shown(figures[other])}{ratio(value, figures[other])}"
            for name, other in self.beside.items()
            if other in figures
        ]
        limit = self.farthest(figures)
        far = f"{shown(limit.value)}{ratio(value, limit.value)}" if limit else ""
        return [self.name, self.measured(figures), wanted, "; ".join(beside), far]

    def farthest(self, figures: Figures) -> Limit | None:
        """Return its limit; None if it, or the figure, was not measured."""
        if self.limit is None or self.value(figures) is None:
            return None
        try:
            return self.limit(figures)
        except (KeyError, ZeroDivisionError):  # what it is made of was not measured
            return None


def ratio(value: float | None, other: float) -> str:
    """Return a figure over another, to stand behind the other."""
    if value is None or not other:
        return ""
    times = value / other
    return f" (× {times:,.0f})" if times >= 100 else f" (× {times:.2f})"


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that belong together."""

    title: str
    about: str
    rows: Sequence[Row]
    charts: Sequence[Callable[[Figures], Chart | None]] = ()
    """None of figures that were not measured."""


def chart_of(
    name: str, title: str, bars: Mapping[str, str], mark: tuple[str, float] | None = None
) -> Callable[[Figures], Chart | None]:
    """Return what draws those of some figures that were measured; bars are figures by label."""

    def draw(figures: Figures) -> Chart | None:
        there = [(label, figures[one]) for label, one in bars.items() if one in figures]
        return Chart(name, title, there, mark) if there else None

    return draw
