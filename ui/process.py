"""What is set once for a whole process: how many threads there are, and that nobody is told."""

from __future__ import annotations

import os
import sys

PRIVATE = {
    "ORT_DISABLE_TELEMETRY": "1",  # ONNX Runtime's function for it is too late, after the import
    "HF_HUB_OFFLINE": "1",
}
"""Nothing is reported and nothing is fetched, whatever the environment says; what Streamlit reads
for that stands in ``ui/web/options.py``."""

THREADS = "OMP_NUM_THREADS"

QUIET = {
    # Idle OpenMP threads that spin made a query 30 times slower (488 ms, not 16) on a busy machine.
    "OMP_WAIT_POLICY": "PASSIVE",
    "TOKENIZERS_PARALLELISM": "false",
}


def prepare(threads: int = 1) -> None:
    """Set what libraries read when they are imported: call it before they are.

    Args:
        threads: how many share one sum (BLAS, OpenMP). A question's sums are so small that threads
            only wait for one another, spinning; ten visitors at once feel it
            (``benchmarks/speed.py``). Building an index has long sums. What the environment
            already says about threads stays.

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
