"""What a benchmark prints, as data too: ``--json FILE`` of each writes its figures in one way.

The file holds one JSON object: a number for each figure's name. A name is words with dots between
them, from the large to the small, and ends in its unit where it has one: ``ask.wall_s``. What was
not measured, or has no end, is not there.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Mapping
from pathlib import Path

Figures = Mapping[str, float]
"""Numbers by name."""


def add_option(parser: argparse.ArgumentParser) -> None:
    """Let a benchmark be told where to write its figures."""
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")


def write(path: Path | None, figures: Figures) -> None:
    """Write figures, if there is a place for them.

    Raises:
        OSError: if they cannot be written.

    """
    if path is not None:
        finite = {name: float(value) for name, value in figures.items() if math.isfinite(value)}
        path.write_text(json.dumps(finite, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Figures:
    """Return what ``write`` wrote.

    Raises:
        ValueError: if the file holds something else.
        OSError: if it cannot be read.

    """
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or not all(isinstance(one, float) for one in found.values()):
        raise ValueError(f"{path.name}: holds no figures; run the benchmark again")
    return found
