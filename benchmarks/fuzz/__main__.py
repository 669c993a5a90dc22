"""Try damaged files, indexes or requests, and exit with 1 if one gets through.

    python -m benchmarks.fuzz [--what parsers|index|api] [--cases N] [--seed N] [--json FILE]

Each case is made from sound ones by a few damages (``mutation.py``), the same for the same seed.

parsers   files of every format, read as ``quotewell add`` reads them: a document whose every
          sentence is in the file, or one line that says why not; no crash, no hang
index     files of an index, damaged before it is opened or afterwards: a clear error, or every
          quote is in the file of its document
api       requests and frames of WebSockets to a server with a stand-in for the answerer: never a
          500 or a broken connection without an answer, every quote is one of a document

Prints what was found, the number of cases and the seconds they took.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Protocol

from benchmarks import figures
from benchmarks.fuzz.api import Api
from benchmarks.fuzz.index import Index
from benchmarks.fuzz.parsers import Parsers
from ui.process import prepare


class Cases(Protocol):
    """Makes and tries cases."""

    def case(self) -> str:
        """Try one; return what is wrong, or nothing."""

    def end(self) -> str:
        """Tidy up; return what else is to be told."""


KINDS: dict[str, type[Parsers] | type[Index] | type[Api]] = {
    "parsers": Parsers,
    "index": Index,
    "api": Api,
}


def main() -> int:
    """Try and print."""
    parser = argparse.ArgumentParser(description="Try damaged files, indexes or requests.")
    parser.add_argument("--what", choices=KINDS, action="append", help="all of them by default")
    parser.add_argument("--cases", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), metavar="N")
    figures.add_option(parser)
    arguments = parser.parse_args()
    prepare()
    found: dict[str, float] = {}
    for what in arguments.what or KINDS:
        print(f"{what}: seed {arguments.seed}", flush=True)
        with tempfile.TemporaryDirectory() as work:
            findings = _tried(what, KINDS[what](arguments.seed, Path(work)), arguments.cases)
        found |= {f"{what}.cases": arguments.cases, f"{what}.findings": findings}
    figures.write(arguments.json, found)
    return 1 if any(found[f"{what}.findings"] for what in arguments.what or KINDS) else 0


def _tried(what: str, cases: Cases, count: int) -> int:
    began, findings = time.perf_counter(), 0
    try:
        for number in range(count):
            if fault := cases.case():
                findings += 1
                print(f"  {number}: {fault}", flush=True)
    finally:
        told = cases.end()
    seconds = time.perf_counter() - began
    print(f"{what}: {count} cases, {seconds:.0f} s, {findings} findings{told and f'; {told}'}")
    return findings


if __name__ == "__main__":
    sys.exit(main())
