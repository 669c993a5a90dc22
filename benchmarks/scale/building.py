"""Write the two indexes of a synthetic library, with the code that writes those of real ones."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.scale.made import documents, vector_blocks
from benchmarks.scale.real import read_real
from index.parts.writing import PartWriter
from index.sparse import SparseWriter

DENSE, SPARSE = "dense", "sparse"
NOTE = ".json"


@dataclass(frozen=True, slots=True)
class Built:
    """What it took to write one index."""

    seconds: float
    making: float
    """Seconds of those in which the vectors or tokens themselves were made."""
    megabytes: float
    peak: float
    """Most memory of the process that wrote it, in MB."""


def build_dense(folder: Path, passages: int) -> Built:
    """Write the vectors of so many passages, or return what was noted when they were."""
    real = read_real(folder.parent)

    def write(path: Path) -> float:
        blocks, making = vector_blocks(real.seeds, passages), 0.0
        with PartWriter(path) as writer:
            while True:
                began = time.perf_counter()
                block = next(blocks, None)
                making += time.perf_counter() - began
                if block is None:
                    return making
                writer.add(block)

    return _once(folder / DENSE, write)


def build_sparse(folder: Path, passages: int) -> Built:
    """Write the words of so many passages, or return what was noted when they were."""
    real = read_real(folder.parent)

    def write(path: Path) -> float:
        writer = SparseWriter(path)
        for doc_id, rows in documents(real.sentences, passages):
            writer.add(doc_id, rows)
        writer.commit()
        began = time.perf_counter()
        for _ in documents(real.sentences, passages):
            pass
        return time.perf_counter() - began

    return _once(folder / SPARSE, write)


def _once(path: Path, write: Callable[[Path], float]) -> Built:
    note = path.with_suffix(NOTE)
    if not note.exists():
        shutil.rmtree(path, ignore_errors=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        began = time.perf_counter()
        making = write(path)
        seconds = time.perf_counter() - began
        size = sum(file.stat().st_size for file in path.iterdir()) / 1e6
        note.write_text(json.dumps(asdict(Built(seconds, making, size, memory("VmHWM")))))
    return Built(**json.loads(note.read_text()))


def memory(what: str) -> float:
    """Return a figure of ``/proc/self/status``, such as VmRSS, in MB (Linux)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name == what:
            return int(rest.split()[0]) * 1024 / 1e6
    raise ValueError(f"the system does not say {what}. Run it on Linux.")
