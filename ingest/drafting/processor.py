"""What processor this process has: how many of its cores, and whether it knows bfloat16."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path

SYSTEM = Path("/")
GROUPS, MEMBERSHIP, INFORMATION = "sys/fs/cgroup", "proc/self/cgroup", "proc/cpuinfo"
THREADS = "OMP_NUM_THREADS"
"""The variable in which libraries find how many threads to use; ``ui.process`` sets it."""
BFLOAT16 = {"avx512_bf16", "amx_bf16"}
"""Flags of processors that multiply bfloat16 itself; the others do it more slowly than float32."""


def cores(system: Path = SYSTEM) -> int:
    """Return how many processor cores this process may use, which can be fewer than there are.

    It may be kept to some of them, or to a share of their time, as containers are: a share of two
    and a half cores counts as three.

    Args:
        system: the folder with ``proc`` and ``sys``.

    """
    shares = [math.ceil(quota) for quota in _quotas(system)]
    return max(1, min([_allowed(), *shares]))


def threads() -> int:
    """Return how many threads may share a computation: what is set for libraries, or all cores."""
    wanted = os.environ.get(THREADS, "")
    return int(wanted) if wanted.isdecimal() and int(wanted) else cores()


def has_bfloat16(system: Path = SYSTEM) -> bool:
    """Whether the processor multiplies numbers in bfloat16; False where Linux does not say so."""
    for line in _text(system / INFORMATION).splitlines():
        name, _, flags = line.partition(":")
        if name.strip() == "flags":
            return not BFLOAT16.isdisjoint(flags.split())
    return False


def _allowed() -> int:
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _quotas(system: Path) -> Iterator[float]:
    """Yield the cores' time that each control group this process is in may use, in cores."""
    for line in _text(system / MEMBERSHIP).splitlines():
        _, controllers, path = (*line.split(":", 2), "", "")[:3]
        if not controllers:
            for group in _groups(system / GROUPS, path):
                yield from _share(*_text(group / "cpu.max").split())
        elif "cpu" in controllers.split(","):
            for group in _groups(system / GROUPS / "cpu", path):
                parts = (
                    _text(group / f"cpu.cfs_{name}_us").strip() for name in ("quota", "period")
                )
                yield from _share(*parts)


def _groups(root: Path, path: str) -> Iterator[Path]:
    """Yield the folders of a control group and of all that it is in.

    In a container the path can be that of the machine, of which the container sees the end alone:
    then only the root is there.
    """
    group = root / path.lstrip("/")
    yield from (one for one in (group, *group.parents) if one.is_relative_to(root))


def _share(quota: str = "", period: str = "", *rest: str) -> Iterator[float]:
    """Yield the share, unless there is no limit (``max`` or -1) or the files are not there."""
    if not rest and quota.isdecimal() and period.isdecimal() and int(quota) and int(period):
        yield int(quota) / int(period)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
