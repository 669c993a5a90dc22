"""Measure what one question costs from a shell, and what it takes until a server is ready.

    python -m benchmarks.encoder.cold [--rounds 5] [--corpus DIR] [--index DIR]
                                    [--json FILE]

Every round asks the same question in a new process, then in one that differs in nothing but its
encoder, sentence-transformers instead of ONNX Runtime, and then runs the bare floor
(``benchmarks.encoder.bare``). So all meet the same load of the machine, and the ratio is that of
one run. Further processes say how long each step takes. Files are in the page cache after the
first round, which does not count. The index must be built.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks import figures
from benchmarks.encoder.bare import QUESTION
from benchmarks.encoder.start import STEPS
from ui.settings import Places

UNWANTED = ("torch", "transformers", "sentence_transformers", "sklearn", "scipy")
IMPORTED = (
    "import sys; from ui.terminal.cli import main; main(sys.argv[1:]); "
    f"print([name for name in {UNWANTED} if name in sys.modules], file=sys.stderr)"
)
"""Runs a command, then says which of the unwanted libraries it has imported."""
PATIENCE = 120
"""Seconds after which a server that does not answer is given up."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took."""

    wall: float
    cpu: float
    peak: float
    """Megabytes of memory."""

    def figures(self, name: str) -> dict[str, float]:
        """Return them as data."""
        units = {"wall_s": self.wall, "cpu_s": self.cpu, "peak_mb": self.peak}
        return {f"{name}.{unit}": value for unit, value in units.items()}


def run(command: Sequence[str]) -> Cost:
    """Run a command to its end.

    Raises:
        subprocess.CalledProcessError: if it fails.

    """
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def served(folders: Sequence[str]) -> tuple[float, Cost]:
    """Start a server; return the seconds until it answers, and its cost by then."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui", "serve", "--port", str(port), *folders]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise SystemExit("the server did not start")
            time.sleep(0.02)
        ready = time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return ready, Cost(ready, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://localhost:{port}/healthz", timeout=5):
            return True
    except (URLError, OSError):
        return False


def imported(folders: Sequence[str]) -> str:
    """Return which unwanted libraries a question imports, as Python writes the list."""
    command = [sys.executable, "-c", IMPORTED, "ask", QUESTION, *folders]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stderr.strip().splitlines()[-1]


def steps(folders: tuple[Path, Path]) -> dict[str, float]:
    """Return the seconds of each step of a question from a shell."""
    command = [sys.executable, "-m", "benchmarks.encoder.start", *map(str, folders), QUESTION]
    began = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    moments = [began, *json.loads(done.stdout), time.monotonic()]
    return dict(zip(STEPS, map(float.__sub__, moments[1:], moments), strict=True))


def main() -> int:
    """Measure, and print one figure per line."""
    parser = argparse.ArgumentParser(description="Measure what a question costs from a shell.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    figures.add_option(parser)
    arguments = parser.parse_args()
    places = Places.of(arguments.corpus, arguments.index)
    folders = ["--corpus", str(places.corpus), "--index", str(places.index)]
    found = _asked(folders, places.index, arguments.rounds)
    unwanted = imported(folders)
    print(f"imported of {', '.join(UNWANTED)}: {unwanted}")
    starts = [served(folders) for _ in range(min(3, arguments.rounds) + 1)][1:]
    row = _median([cost for _, cost in starts])
    print(f"{'serve, until it answers':32}{row.wall:8.2f}{row.cpu:8.2f}{row.peak:9.0f}")
    found |= row.figures("serve")
    rounds = [steps((places.corpus, places.index)) for _ in range(arguments.rounds)]
    for step in STEPS:
        took = statistics.median(one[step] for one in rounds)
        print(f"{step:32}{took:8.2f}")
        found[f"step.{step}.s"] = took
    figures.write(arguments.json, found)
    return 0


def _asked(folders: Sequence[str], index: Path, rounds: int) -> dict[str, float]:
    """Ask in each way, print what it costs, and return it."""
    question = ["ask", QUESTION, *folders]
    ways = {
        "ask": ["ui", *question],
        "ask, by sentence-transformers": ["benchmarks.encoder.reference", *question],
        "bare: both models, one pass each": ["benchmarks.encoder.bare", str(index)],
    }
    costs: dict[str, list[Cost]] = {way: [] for way in ways}
    for _ in range(rounds + 1):
        for way, command in ways.items():
            costs[way].append(run([sys.executable, "-m", *command]))
    print(f"{'':32}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}   median of {rounds}")
    rows = [_median(costs[way][1:]) for way in ways]
    for way, row in zip(ways, rows, strict=True):
        print(f"{way:32}{row.wall:8.2f}{row.cpu:8.2f}{row.peak:9.0f}")
    ours, theirs, bare = rows
    ratio = Cost(ours.wall / theirs.wall, ours.cpu / theirs.cpu, ours.peak / theirs.peak)
    print(f"{'ratio of the first two':32}{ratio.wall:8.2f}{ratio.cpu:8.2f}{ratio.peak:9.2f}")
    return {
        **ours.figures("ask"),
        **theirs.figures("torch"),
        **bare.figures("bare"),
        "ratio.wall": ratio.wall,
        "ratio.cpu": ratio.cpu,
    }


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        statistics.median(one.wall for one in costs),
        statistics.median(one.cpu for one in costs),
        statistics.median(one.peak for one in costs),
    )


if __name__ == "__main__":
    sys.exit(main())
