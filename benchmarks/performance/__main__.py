"""Run the benchmarks one after another, and write ``docs/performance.md`` with its pictures.

    python -m benchmarks.performance [--medquad FILE] [--articles FILE|DIR] [--documents N,N]
                                     [--passages N,N] [--kills N] [--fuzz N] [--peers PYTHON]
                                     [--work DIR] [--out DIR] [--try]

What is not given is left out, and the report says so. A benchmark that fails is told as failed, and
the others still run. In ``--work``, figures are kept: what is there of the same program is not
measured again, so a run that was stopped goes on. Exits with 1 if one failed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from benchmarks.figures import Figures
from benchmarks.performance import asking, libraries, sizes
from benchmarks.performance.charts import svg
from benchmarks.performance.page import about, gathered, page
from benchmarks.performance.parts import (
    ARTICLES,
    CLIENTS,
    FOLDER,
    MEDQUAD,
    PEERS,
    Given,
    Part,
    parts,
)
from benchmarks.performance.rows import Section
from benchmarks.performance.running import Outcome, outcome_of
from benchmarks.rivals.__main__ import PEERS as OWN_PEERS
from evaluation.program import program_digest
from ui.settings import ROOT

DOCS, PAGE, PICTURES = ROOT / "docs", "performance.md", "performance"


def main() -> int:
    """Measure and publish."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        work: Path = arguments.work or Path(folder)
        given = _given(arguments, work)
        kept = work / "figures" / (program_digest() + ("-try" if given.is_try else ""))
        kept.mkdir(parents=True, exist_ok=True)
        outcomes = {one: _outcome(one, given, kept) for one in parts(given)}
    arguments.out.mkdir(parents=True, exist_ok=True)
    publish(sections(given), outcomes, arguments.out, about(date.today()), is_try=given.is_try)
    failed = [part.name for part, outcome in outcomes.items() if outcome.fault]
    print(f"\n{arguments.out / PAGE}: written", f"; failed: {', '.join(failed)}" if failed else "")
    return 1 if failed else 0


def sections(given: Given) -> list[Section]:
    """Return what the report says, in order."""
    return [
        asking.cold(),
        asking.warm(),
        libraries.ingest(),
        *map(libraries.retrieval, given.documents),
        libraries.opening(),
        sizes.kinds(given.passages),
        asking.served(CLIENTS),
        sizes.memory(CLIENTS, given.passages),
        sizes.growth(),
        sizes.damage(),
        sizes.machine(),
    ]


def publish(
    told: Sequence[Section],
    outcomes: Mapping[Part, Outcome],
    docs: Path,
    about: str,
    *,
    is_try: bool = False,
) -> None:
    """Write the pictures, and then the page, in one step; take away pictures that it has not."""
    pictures = docs / PICTURES
    pictures.mkdir(exist_ok=True)
    drawn = dict(_drawn(told, gathered(outcomes)))
    for name, picture in drawn.items():
        (pictures / name).write_text(picture, encoding="utf-8")
    addresses = {Path(name).stem: f"{PICTURES}/{name}" for name in drawn}
    new = docs / f"{PAGE}.new"
    new.write_text(page(told, outcomes, addresses, about, is_try=is_try), encoding="utf-8")
    new.replace(docs / PAGE)
    for path in pictures.glob("*.svg"):
        if path.name not in drawn:
            path.unlink()


def _drawn(told: Sequence[Section], figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield the name of each picture's file and the picture."""
    for section in told:
        for draw in section.charts:
            if chart := draw(figures):
                yield f"{chart.name}.svg", svg(chart)


def _outcome(part: Part, given: Given, kept: Path) -> Outcome:
    return Outcome() if part.needs else outcome_of(part, given.places, kept)


def _given(arguments: argparse.Namespace, work: Path) -> Given:
    """Return what is there, unpacked if it came packed."""
    places = {FOLDER: work.absolute() / "scale"}
    if arguments.peers.exists():
        places[PEERS] = arguments.peers.absolute()  # not resolved: it would be another Python
    if arguments.medquad:
        places[MEDQUAD] = arguments.medquad.resolve()
    if arguments.articles:
        places[ARTICLES] = _unpacked(arguments.articles, work.absolute() / "articles")
    return Given(
        places,
        arguments.documents,
        arguments.passages,
        arguments.kills,
        arguments.fuzz,
        arguments.is_try,
    )


def _unpacked(path: Path, folder: Path) -> Path:
    """Return a folder of articles: the one given, or what is in a file of them."""
    if path.is_dir():
        return path.resolve()
    if not folder.exists():
        new = folder.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        with tarfile.open(path) as packed:
            packed.extractall(new, filter="data")
        new.replace(folder)
    return folder


def _numbers(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the benchmarks and write a report of them.")
    parser.add_argument("--medquad", type=Path, metavar="FILE", help="questions, gzipped JSON")
    parser.add_argument("--articles", type=Path, metavar="FILE|DIR", help="packed or in folders")
    parser.add_argument("--documents", type=_numbers, default=[1000], metavar="N,N")
    parser.add_argument("--passages", type=_numbers, default=[], metavar="N,N")
    parser.add_argument("--kills", type=int, default=0, metavar="N")
    parser.add_argument("--fuzz", type=int, default=0, metavar="N", help="cases of each kind")
    parser.add_argument("--peers", type=Path, default=ROOT / OWN_PEERS, metavar="PYTHON")
    parser.add_argument("--work", type=Path, metavar="DIR", help="figures and libraries are kept")
    parser.add_argument("--out", type=Path, default=DOCS, metavar="DIR", help="for the report")
    parser.add_argument("--try", action="store_true", dest="is_try", help="the smallest sizes")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
