"""Run one benchmark in a process of its own, and keep its figures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks import figures
from benchmarks.figures import Figures
from benchmarks.performance.parts import Part
from ingest.drafting.processor import THREADS

SECONDS = "seconds"
"""The figure of how long a benchmark took itself."""
MOST_WORDS = 200
"""Characters of what a benchmark says when it fails."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a benchmark."""

    figures: Figures = field(default_factory=dict)
    fault: str = ""
    """Why it failed, in one line; it may have figures nevertheless."""
    day: date | None = None
    """On which it was measured; None if it was not."""


def outcome_of(part: Part, places: Mapping[str, Path], folder: Path) -> Outcome:
    """Return the figures that are kept of a benchmark, or run it.

    Args:
        part: the benchmark.
        places: what stands for a place in its command, and the place.
        folder: where figures are kept. Those of a benchmark that failed are not: it runs again.

    """
    path = folder / f"{part.name}.json"
    if path.exists():
        return Outcome(figures.read(path), day=date.fromtimestamp(path.stat().st_mtime))
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    print(f"\n{part.name}: {part.command}", flush=True)
    words = [str(places.get(word, word)) for word in part.words]
    began = time.perf_counter()
    fault = _run([f"benchmarks.{part.module}", *words, "--json", str(new)], part.threads)
    took = {SECONDS: time.perf_counter() - began}
    try:
        found = {**figures.read(new), **took}
    except (OSError, ValueError):
        return Outcome({}, fault or "wrote no figures", date.today())
    figures.write(new, found)
    if not fault:
        new.replace(path)
    return Outcome(found, fault, date.today())


def _run(words: list[str], threads: int) -> str:
    """Run a module; return why it failed, or nothing."""
    environment = {**os.environ, THREADS: str(threads)}
    with tempfile.TemporaryFile() as errors:
        command = [sys.executable, "-m", *words]
        code = subprocess.run(command, stderr=errors, env=environment, check=False).returncode
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace")
    sys.stderr.write(said)
    last = without_places(said.strip().splitlines()[-1]) if said.strip() else ""
    return f"exit code {code}{last and f': {last}'}" if code else ""


def without_places(line: str) -> str:
    """Return a line without the folders of this machine, and not too long."""
    return re.sub(r"(?:/[^/\s'\"]+)+/", "…/", line)[:MOST_WORDS]
