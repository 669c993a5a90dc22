"""Set once for a whole process: the number of threads, and that no library phones home."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.drafting.processor import THREADS

PRIVATE = {
    "ORT_DISABLE_TELEMETRY": "1",  # ONNX Runtime's own function comes too late, after the import
    "HF_HUB_OFFLINE": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Nothing is reported and nothing is fetched, whatever the environment says. Streamlit's own
settings for that are in ``ui/web/options.py``."""

QUIET = {
    # Idle OpenMP threads, spinning, made a query 30 times slower (488 ms, not 16) when it was busy.
    "OMP_WAIT_POLICY": "PASSIVE",
    "TOKENIZERS_PARALLELISM": "false",
}

CORES_FOR_WORKERS = 6
"""With fewer, the threads of one process use them: the reader lets go of the interpreter's lock.
Chosen by hand; ``benchmarks.load`` compares both."""
CORES_PER_WORKER = 2
"""That read the windows of its question: one client alone waits half as long, and half as many hold
a library in memory. With four, most would idle: four windows are read first."""
WORKER_MEMORY = 1024**3
"""Bytes that are kept free for each worker: what one holds of the two documents, and as much again
for the moment in which a changed library takes its place."""


def prepare(threads: int = 1) -> None:
    """Set what libraries read when they are imported: call it before they are.

    Args:
        threads: how many share one computation (BLAS, OpenMP). A question's are so small that
            threads only spin, waiting for one another, which ten visitors at once notice
            (``benchmarks/speed.py``); building an index has long ones. A number of threads set in
            the environment takes precedence.

    """
    os.environ.update(PRIVATE)
    for name, value in {THREADS: str(threads), **QUIET}.items():
        os.environ.setdefault(name, value)


def collect_again() -> None:
    """Have garbage collected from now on, except for what is there by now."""
    gc.freeze()
    gc.enable()


@contextmanager
def uncollected() -> Iterator[None]:
    """Load something that stays: looking through it for garbage takes a tenth of a question."""
    gc.disable()
    try:
        yield
    finally:
        collect_again()


def memory() -> int | None:
    """Return how many bytes of memory are to be had; None where the system does not tell."""
    found = []
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        free = next(line for line in lines if line.startswith("MemAvailable:"))
        found.append(int(free.split()[1]) * 1024)
        limit, used = (Path("/sys/fs/cgroup") / f"memory.{one}" for one in ("max", "current"))
        found.append(int(limit.read_text()) - int(used.read_text()))
    except (OSError, StopIteration, ValueError):  # a limit that is not one is "max"
        pass
    return min(found, default=None)


def worker_count(cores: int, memory: int | None) -> int:
    """Return how many worker processes a server is worth.

    Args:
        cores: that it may use.
        memory: bytes to be had; None if not known.

    """
    if cores < CORES_FOR_WORKERS:
        return 0
    room = cores if memory is None else memory // WORKER_MEMORY
    return min(cores // CORES_PER_WORKER, room)
