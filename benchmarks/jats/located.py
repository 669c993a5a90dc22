"""Measure how many sentences of papers are found on the pages of their PDFs.

    python -m benchmarks.located DIR [--json]

DIR holds NAME.pdf and NAME.xml of each paper. One line for each paper, then what all of them reach:

sentences  units of the JATS that can be quoted, without the reference list
located    part of those with a mark on a page, letter by letter
exact      part of all units of the PDF for which pypdf finds the same letters under their marks
s          wall time of reading the PDF and of looking for all sentences
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.document import Document
from ingest.errors import IngestError
from ingest.pages.paper import Paper
from ingest.pipeline import ingest_file

FLOOR = 0.95
"""Of the part that is located."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one paper."""

    name: str
    sentences: int
    located: int
    seconds: float

    def line(self) -> str:
        """Return it as a line of the table."""
        share = self.located / max(self.sentences, 1)
        return f"{self.name:16} {self.sentences:9} {share:7.3f} {self.seconds:5.1f}"


def main() -> int:
    """Measure every paper, print the table, and say whether the floor holds."""
    parser = argparse.ArgumentParser(description="Measure how many sentences are found on pages.")
    parser.add_argument("folder", type=Path, help="NAME.pdf and NAME.xml of each paper")
    parser.add_argument("--json", action="store_true", help="print the figures of all as JSON")
    parser.add_argument("--missed", action="store_true", help="print what was not found")
    arguments = parser.parse_args()
    rows = []
    for path in sorted(arguments.folder.glob("*.xml")):
        rows.append(measure(path, show=arguments.missed))
        if not arguments.json:
            print(rows[-1].line(), flush=True)
    if not rows:
        parser.error(f"{arguments.folder} holds no NAME.xml")
    share = sum(row.located for row in rows) / sum(row.sentences for row in rows)
    if arguments.json:
        print(json.dumps({"located": round(share, 4), "papers": [asdict(row) for row in rows]}))
    else:
        print(f"{len(rows)} papers: located {share:.4f}")
    return 0 if share >= FLOOR else 1


def measure(path: Path, *, show: bool = False) -> Row:
    """Look for every sentence of one paper."""
    document = ingest_file(path.stem, path)
    began = time.perf_counter()
    paper = read_paper(document, path.with_suffix(".pdf"))
    wanted = [one for one in document.sentences if one.kind != "reference"]
    missed = [one for one in wanted if not paper.marks(one.span)]
    seconds = time.perf_counter() - began
    if show:
        for one in missed:
            print(f"  {one.kind}: {one.text[:160]}")
    return Row(path.stem, len(wanted), len(wanted) - len(missed), round(seconds, 2))


def read_paper(document: Document, pdf: Path) -> Paper:
    """Read the PDF of a document.

    Raises:
        IngestError: if it has no pages.

    """
    read = ingest_file(document.doc_id, pdf)
    if read.boxes is None:
        raise IngestError(f"{pdf}: has no pages; give a PDF")
    return Paper(document, read, read.boxes)


if __name__ == "__main__":
    sys.exit(main())
