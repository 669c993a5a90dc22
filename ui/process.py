"""Set once for a whole process: the number of threads, and that no library phones home."""

from __future__ import annotations

import os
import sys

PRIVATE = {
    "ORT_DISABLE_TELEMETRY": "1",  # ONNX Runtime's own function comes too late, after the import
    "HF_HUB_OFFLINE": "1",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""Nothing is reported and nothing is fetched, whatever the environment says. Streamlit's own
settings for that are in ``ui/web/options.py``."""

THREADS = "OMP_NUM_THREADS"

QUIET = {
    # Idle OpenMP threads, spinning, made a query 30 times slower (488 ms, not 16) when it was busy.
    "OMP_WAIT_POLICY": "PASSIVE",
    "TOKENIZERS_PARALLELISM": "false",
}


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


def cores() -> int:
    """Return how many processor cores this process may use, which can be fewer than there are."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
