"""Bars as SVG: readable on a light and on a dark page, and told in words to who does not see them.

The blue is of the palette of Okabe and Ito; each bar has its number beside it, so that nothing
depends on a colour or on its length alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, LABELS, NUMBERS = 760, 300, 110
"""Of the picture, of the labels at its left, and of the numbers at its right, in pixels."""
HEIGHT, GAP, TOP = 18, 8, 44
"""Of a bar, between two bars, and above the first."""
STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600}"
    "rect{fill:#0072b2}line{stroke:#d55e00;stroke-width:2;stroke-dasharray:5 4}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#56b4e9}line{stroke:#e69f00}}"
)


@dataclass(frozen=True, slots=True)
class Chart:
    """Some numbers, each with what it is of."""

    name: str
    """Of its file, without its ending."""
    title: str
    """With the unit of the numbers."""
    bars: Sequence[tuple[str, float]]
    """None is negative."""
    mark: tuple[str, float] | None = None
    """What is wanted of all bars, as a line."""

    @property
    def alt(self) -> str:
        """The picture in words, in one line."""
        told = [f"{label} {shown(value)}" for label, value in self.bars]
        marked = [f"{self.mark[0]} {shown(self.mark[1])}"] if self.mark else []
        return f"{self.title}: {'; '.join([*told, *marked])}."


def shown(value: float) -> str:
    """Return a number with about three digits, and its thousands apart."""
    if value == round(value) or value >= 100:
        return f"{value:,.0f}"
    if value < 0.1:
        return f"{value:.2g}"
    return f"{value:.{1 if value >= 10 else 2 if value >= 1 else 3}f}"


def svg(chart: Chart) -> str:
    """Return the picture of a chart."""
    most = max([value for _, value in chart.bars] + ([chart.mark[1]] if chart.mark else []))
    scale = (WIDTH - LABELS - NUMBERS) / most if most else 0.0
    end = TOP + len(chart.bars) * (HEIGHT + GAP)
    height = end + (HEIGHT + GAP if chart.mark else 0)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}">',
        f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>",
        f'<style>{STYLE}</style><text class="title" x="4" y="22">{escape(chart.title)}</text>',
    ]
    for number, (label, value) in enumerate(chart.bars):
        lines.append(_bar(label, value, TOP + number * (HEIGHT + GAP), value * scale))
    if chart.mark:
        at = LABELS + chart.mark[1] * scale
        lines.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{TOP - 6}" y2="{end}"/>')
        told = escape(f"{chart.mark[0]} {shown(chart.mark[1])}")
        lines.append(f'<text x="{at:.1f}" y="{end + 14}" text-anchor="middle">{told}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def _bar(label: str, value: float, top: int, length: float) -> str:
    middle = top + HEIGHT - 4
    return (
        f'<text x="{LABELS - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{LABELS}" y="{top}" width="{length:.1f}" height="{HEIGHT}"/>'
        f'<text x="{LABELS + length + 6:.1f}" y="{middle}">{shown(value)}</text>'
    )
