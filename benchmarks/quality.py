"""Measure the answers; write ``docs/quality.md``, its pictures, ``evaluation/published.json``.

    python -m benchmarks.quality [--literature DIR]

The two documents are measured with their question bank and without it, then the corpus ``DIR``,
which is not part of the project: its folder also holds the questions on it, ``questions.jsonl``.
Without ``DIR``, its section stays as published and says whether the program has changed since.
Nothing is written if an evaluation fails or a figure misses its floor.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.figures import FIGURES
from evaluation.intervals import Estimate
from evaluation.program import program_digest
from evaluation.report import FIGURES_FILE, QUALITY
from evaluation.text.quality import RELIABILITY, RISK
from evaluation.text.tables import short_estimate, table
from ui.settings import PUBLISHED, ROOT
from ui.terminal import cli

DOCS = ROOT / "docs"
FLOORS = ROOT / "evaluation" / "floors.json"
PICTURES = "quality"
"""The folder of the pictures in ``DOCS``."""
QUESTIONS = "questions.jsonl"

Record = Mapping[str, Any]
"""The figures of a library as ``quotewell evaluate`` writes them: ``questions``, ``program``,
``figures``."""


@dataclass(frozen=True, slots=True)
class Library:
    """What is measured, in a section of its own."""

    name: str
    title: str
    column: str
    """Its head in the table of all."""
    about: str


LIBRARIES = (
    Library(
        "with_bank",
        "The two documents, with their question bank",
        "with the bank",
        "The program as it comes.",
    ),
    Library(
        "without_bank",
        "The two documents, without it",
        "without it",
        "The same questions, answered as if the corpus had come without a bank. What the reader\n"
        "has learnt from is in [its model card](../answer/models/README.md).",
    ),
    Library(
        "others",
        "Other documents, without a question bank",
        "other documents",
        "Documents of which nothing was seen in training or tuning. Neither they nor their\n"
        "questions are part of the project; `make quality LITERATURE=DIR` measures those in `DIR`.",
    ),
)
HEAD = """# Quality

Written by `make quality`. Three libraries are asked questions that nothing was trained or tuned on;
[figures.py](../evaluation/figures.py) says what each figure counts. A value is followed by its 95 %
interval."""


def measure(work: Path, literature: Path | None) -> None:
    """Evaluate each library into its folder of ``work``; exit if one fails."""
    _run("evaluate", "--out", work / "with_bank", "--floors", FLOORS)
    _run("evaluate", "--out", work / "without_bank", "--without-bank")
    if literature is not None:
        places = ("--corpus", literature, "--index", work / "index")
        _run("build", *places, "--strict")
        asked = ("--questions", literature / QUESTIONS, "--without-bank")
        _run("evaluate", *places, *asked, "--out", work / "others")


def publish(work: Path, docs: Path, published: Path) -> None:
    """Write the page, its pictures and the figures of all libraries.

    Args:
        work: as ``measure`` leaves it; what it lacks is kept as published, if it was.
        docs: where ``quality.md`` and its pictures are.
        published: the JSON file of figures; those of the first library are at its top.

    """
    page = docs / QUALITY
    old_page = page.read_text(encoding="utf-8") if page.is_file() else ""
    old = json.loads(published.read_text(encoding="utf-8")) if published.is_file() else {}
    reports, records = {}, {}
    for library in LIBRARIES:
        folder = work / library.name
        if folder.is_dir():
            reports[library.name] = _report(folder, library, docs / PICTURES)
            records[library.name] = json.loads((folder / FIGURES_FILE).read_text(encoding="utf-8"))
        elif library.name in old:
            reports[library.name] = _between(old_page, *_marks(library))
            records[library.name] = old[library.name]
    page.write_text(quality_page(reports, records, program_digest()), encoding="utf-8")
    figures = {**records.pop(LIBRARIES[0].name), **records}
    published.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def quality_page(reports: Mapping[str, str], records: Mapping[str, Record], program: str) -> str:
    """Return the page.

    Args:
        reports: by library, its report as a section; none for a library that was not measured.
        records: its figures, likewise.
        program: the digest of the program as it is now.

    """
    stale = {name for name, record in records.items() if record.get("program") != program}
    parts = [HEAD, _side_by_side(records, stale)]
    for library in LIBRARIES:
        parts += [f"## {library.title}", library.about]
        if library.name in stale:
            parts.append("**Measured with an earlier program: these figures may be out of date.**")
        if library.name in reports:
            opening, closing = _marks(library)
            parts.append(f"{opening}\n{reports[library.name]}\n{closing}")
        else:
            parts.append("Not measured yet.")
    return "\n\n".join(parts) + "\n"


def _side_by_side(records: Mapping[str, Record], stale: Iterable[str]) -> str:
    measured = [library for library in LIBRARIES if library.name in records]
    heads = [one.column + (" (earlier program)" if one.name in stale else "") for one in measured]
    figures = [records[library.name]["figures"] for library in measured]
    rows = [
        [name, *(short_estimate(Estimate(**f[name]) if name in f else None) for f in figures)]
        for name in (*FIGURES, "near_miss_auroc")
    ]
    return table(["figure", *heads], rows)


def _report(folder: Path, library: Library, pictures: Path) -> str:
    """Return a report as a section of the page, and put its pictures where the page shows them."""
    text = (folder / QUALITY).read_text(encoding="utf-8")
    body = text.partition("\n\n")[2].rstrip("\n").replace("\n## ", "\n### ")
    pictures.mkdir(parents=True, exist_ok=True)
    for picture in (RELIABILITY, RISK):
        shutil.copyfile(folder / picture, pictures / f"{library.name}_{picture}")
        body = body.replace(f"]({picture})", f"]({pictures.name}/{library.name}_{picture})")
    return body


def _marks(library: Library) -> tuple[str, str]:
    """Return what stands before and after a report, so that it can be found again."""
    return f"<!-- {library.name} -->", f"<!-- /{library.name} -->"


def _between(page: str, opening: str, closing: str) -> str:
    return page.partition(opening)[2].partition(closing)[0].strip("\n")


def _run(*arguments: str | Path) -> None:
    if code := cli.main([str(one) for one in arguments]):
        sys.exit(code)


def main() -> None:
    """Measure and publish."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--literature", type=Path, metavar="DIR")
    literature: Path | None = parser.parse_args().literature
    with tempfile.TemporaryDirectory() as work:
        measure(Path(work), literature)
        publish(Path(work), DOCS, PUBLISHED)


if __name__ == "__main__":
    main()
