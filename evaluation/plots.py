"""Draw the two pictures of a report. The only module that imports matplotlib.

Colours are from the palette of Okabe and Ito, which people with any colour vision can tell apart;
no meaning depends on colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from evaluation.curves import Bin, Point

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#595959"
SIZE_INCHES = (6.4, 5.6)
DPI = 150


def plot_reliability(bins: Sequence[Bin], path: Path) -> None:
    """Draw how often quotes of each score are on evidence, with the number of quotes, as PNG.

    Raises:
        OSError: if the file cannot be written.

    """
    figure, axes = _axes("Reliability of the score", "Score of a quote", "Share on evidence")
    axes.plot([0, 1], [0, 1], linestyle="--", color=GREY, label="score = share on evidence")
    axes.plot(
        [one.mean_score for one in bins],
        [one.share_right for one in bins],
        color=BLUE,
        marker="o",
        markersize=7,
        label="quotes shown or related, with their number",
    )
    for one in bins:
        above = one.share_right < 0.9
        axes.annotate(
            str(one.n),
            (one.mean_score, one.share_right),
            xytext=(0, 9 if above else -18),
            textcoords="offset points",
            ha="center",
        )
    axes.set_ylim(-0.02, 1.02)
    axes.legend(loc="upper left")
    _save(figure, path)


def plot_risk_coverage(points: Sequence[Point], chosen: Point | None, path: Path) -> None:
    """Draw the share of wrong first quotes against the share of questions answered, as PNG.

    Args:
        points: one for each bar.
        chosen: the answers as given, marked with a diamond.
        path: of the file.

    Raises:
        OSError: if the file cannot be written.

    """
    figure, axes = _axes(
        "Risk and coverage",
        "Coverage: share of questions answered",
        "Risk: share of answers whose first quote is wrong",
    )
    axes.plot(
        [point.coverage for point in points],
        [point.risk for point in points],
        color=BLUE,
        drawstyle="steps-post",
        label="any bar on the first score",
    )
    if chosen is not None:
        axes.plot(
            chosen.coverage,
            chosen.risk,
            color=ORANGE,
            marker="D",
            markersize=9,
            linestyle="none",
            label=f"as answered: coverage {chosen.coverage:.2f}, risk {chosen.risk:.2f}",
        )
    risks = [point.risk for point in points] + ([chosen.risk] if chosen else [])
    axes.set_ylim(0, min(1.02, max(0.1, 1.15 * max(risks, default=0))))
    axes.legend(loc="best")
    _save(figure, path)


def _axes(title: str, x: str, y: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=SIZE_INCHES, dpi=DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.set_title(title, fontsize=14)
    axes.set_xlabel(x, fontsize=12)
    axes.set_ylabel(y, fontsize=12)
    axes.set_xlim(-0.02, 1.02)
    axes.grid(color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    return figure, axes


def _save(figure: Figure, path: Path) -> None:
    # Without the library's name and version the same data give the same bytes.
    figure.savefig(path, format="png", metadata={"Software": None})
