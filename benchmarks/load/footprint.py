"""Memory and processor time of a process and those that it started, as Linux counts them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from benchmarks.served import BenchmarkError

PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a process and its children use."""

    resident: int
    """Bytes; what several share is counted once, by its share in each."""
    cpu_seconds: float
    """Since each was started."""
    processes: int

    @classmethod
    def of(cls, pid: int) -> Footprint:
        """Measure a process with all below it.

        Raises:
            BenchmarkError: if the system does not tell.

        """
        try:
            tree = [pid, *_below(pid)]
            return cls(sum(map(_resident, tree)), sum(map(_cpu, tree)), len(tree))
        except OSError as error:
            raise BenchmarkError(f"{error.filename}: {error.strerror}; run it on Linux") from error


def _below(pid: int) -> list[int]:
    found = []
    for task in (PROC / str(pid) / "task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *_below(child)]
    return found


def _resident(pid: int) -> int:
    lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    shared = next(line for line in lines if line.startswith("Pss:"))
    return int(shared.split()[1]) * 1024


def _cpu(pid: int) -> float:
    # After the name in brackets, which may hold spaces: the state is field 3, user time 14.
    fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
