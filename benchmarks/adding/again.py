"""How long `quotewell build` takes for a corpus with its bank: first, again, after one new line.

    python -m benchmarks.adding.again [--rounds 3] [--corpus DIR] [--json FILE]

A copy of the corpus is built into a new folder. Then it is built again without a change, and once
more after a question was added to its bank, in turns. Prints the seconds and the memory of each
command, start of Python included, the median of the rounds.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

from bank.questions import BANK
from benchmarks import figures
from benchmarks.encoder.cold import Cost, run
from ui.settings import Places

WAYS = ("first", "again", "one more question")


def main() -> int:
    """Build, and print one figure per line."""
    parser = argparse.ArgumentParser(description="Measure building the same corpus again.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    figures.add_option(parser)
    arguments = parser.parse_args()
    given = Places.of(arguments.corpus, None).corpus
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        for part in ("files", BANK):
            shutil.copytree(given / part, corpus / part)
        shutil.copyfile(given / "sources.json", corpus / "sources.json")
        costs: dict[str, list[Cost]] = {way: [] for way in WAYS}
        costs["first"].append(_build(corpus, index))
        for number in range(arguments.rounds):
            costs["again"].append(_build(corpus, index))
            add_question(corpus, number)
            costs["one more question"].append(_build(corpus, index))
        files = (path for place in (corpus, index) for path in place.rglob("*"))
        found = {"files_mb": sum(one.stat().st_size for one in files if one.is_file()) / 1e6}
    for way, spent in costs.items():
        wall, peak = median(one.wall for one in spent), median(one.peak for one in spent)
        print(f"{way:32}{wall:8.2f} s{peak:9.0f} MB")
        found |= {f"{way}.s": wall, f"{way}.peak_mb": peak}
    figures.write(arguments.json, found)
    return 0


def add_question(corpus: Path, number: int) -> None:
    """Add a question to a bank: one that is there, in other words."""
    bank = min((corpus / BANK).glob("*.jsonl"))
    lines = [json.loads(line) for line in bank.read_text("utf-8").splitlines() if line.strip()]
    asked = next(line for line in lines if not line.get("history"))
    words = asked["question"].rstrip("?")
    new = {**asked, "question": f"{words}, as these documents have it ({number})?"}
    with bank.open("a", encoding="utf-8") as file:
        file.write(json.dumps(new) + "\n")


def _build(corpus: Path, index: Path) -> Cost:
    places = ["--corpus", str(corpus), "--index", str(index)]
    return run([sys.executable, "-m", "ui", "build", *places])


if __name__ == "__main__":
    sys.exit(main())
