"""What is usual in a file: the size and fonts of its text, how far apart its lines are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.parsers.pdf.layout.lines import Line

LONG = 25
"""Characters from which a line counts as text and not as a label."""
SHARE = 0.12
"""Of the text, what a font carries to be one of the text's own."""
USUAL_LEADING = 1.2
"""In em, where a size has too few lines to measure."""


@dataclass(frozen=True, slots=True)
class Measures:
    """The usual type of one file."""

    size: float
    """Of the text, in points."""
    fonts: frozenset[str]
    """Those the text is set in."""
    is_bold: bool
    """Whether the file calls its text bold."""
    leadings: Mapping[float, float]
    """Points between two lines of a paragraph, by their size."""

    def leading(self, size: float) -> float:
        """Return how far apart lines of a size are, in points."""
        return self.leadings.get(round(size, 1), USUAL_LEADING * size)


def measure(lines: Sequence[Line]) -> Measures:
    """Measure the lines before the reference list."""
    long = [line for line in lines if len(line.text) > LONG] or list(lines)
    sizes = Counter[float]()
    for line in long:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    fonts, bold, total = Counter[str](), 0, 0
    for line in long:
        if abs(line.size - size) < 0.3:
            fonts[line.font] += len(line.text)
            bold += len(line.text) * line.is_bold
            total += len(line.text)
    own = frozenset(font for font, n in fonts.items() if n > SHARE * total)
    return Measures(size, own, bold * 2 > total, _leadings(lines))


def _leadings(lines: Sequence[Line]) -> dict[float, float]:
    steps: dict[float, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        step = below.base - above.base
        same = (above.page, above.column) == (below.page, below.column)
        if same and abs(above.size - below.size) < 0.3 and 0.8 < step / above.size < 2.2:
            steps[round(above.size, 1)].append(step)
    return {size: median(found) for size, found in steps.items() if len(found) >= 4}
