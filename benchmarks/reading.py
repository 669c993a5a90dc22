"""Measure how fast files are read, and how much memory the process needs that has them read.

    python -m benchmarks.reading [DIR] [--json]

DIR holds files of any kind that can be read; without it, the case report is set as a journal's page
``COPIES`` times. All are read as a build reads them, on every core: the files that could do harm in
children. Prints pages a second (of PDFs), files a second, the most memory that this process held
beyond what it holds before it reads, and why files were refused.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.formats import DOC_ID, made
from corpus.errors import Skipped
from ingest.drafting.processor import cores
from ingest.library import File, read_files

COPIES = 40
PAGES_A_SECOND = 10
"""To be reached on two cores."""


def main() -> int:
    """Read the files, print the figures, and say whether the floor holds."""
    parser = argparse.ArgumentParser(description="Measure how fast files are read.")
    parser.add_argument("folder", nargs="?", type=Path, help="holds files of any kind")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments = parser.parse_args()
    if arguments.folder:
        found = measure(path for path in sorted(arguments.folder.iterdir()) if path.is_file())
    else:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(_copies(Path(folder)))
    if arguments.json:
        print(json.dumps(found))
    else:
        print("\n".join(found.pop("refused")))
        print(", ".join(f"{name.replace('_', ' ')} {value}" for name, value in found.items()))
    return 0 if not found["pages"] or found["pages_a_second"] >= PAGES_A_SECOND else 1


def measure(paths: Iterable[Path]) -> dict[str, Any]:
    """Return the figures of reading these files."""
    list(read_files(()))  # what is loaded once is not counted
    files = [File(path.stem, path) for path in paths]
    before, began = _peak(), time.perf_counter()
    pages = read = 0
    refused: list[str] = []
    for one in read_files(files):
        if isinstance(one, Skipped):
            refused += one.faults
        else:
            read, pages = read + 1, pages + len(one.document.page_starts)
    seconds = time.perf_counter() - began
    return {
        "cores": cores(),
        "files": read,
        "pages": pages,
        "seconds": round(seconds, 1),
        "files_a_second": round(read / seconds, 1),
        "pages_a_second": round(pages / seconds, 1),
        "peak_mb": round(_peak() - before),
        "refused": refused,
    }


def _copies(folder: Path) -> list[Path]:
    data = made("pdf")
    paths = [folder / f"{DOC_ID}_{number}.pdf" for number in range(COPIES)]
    for path in paths:
        path.write_bytes(data)
    return paths


def _peak() -> float:
    """Return the most memory that this process has held, in MB."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    sys.exit(main())
