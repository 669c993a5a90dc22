"""Measure how well papers are read from PDF, with their JATS as the truth.

    python -m benchmarks.pdf DIR [--json]

DIR holds NAME.pdf and NAME.xml of each paper. One line for each paper, then what all of them reach:

order      longest common subsequence of words over the words of abstract and body
intact     part of the sentences of 40 letters or more whose letters stand unbroken in the text
strict     the same word by word: a hyphen left in, a lost or an added space counts as broken
captions   found of those in the truth: a caption block that begins alike
entries    read of the reference list, and how many it has
doi title  whether they are right
s/page     processor time of reading and repairing
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.pdf import Row, measure, read_truth

FLOORS = {"order": 0.99, "intact": 0.97, "strict": 0.955, "captions": 0.92}
PAGES_A_SECOND = 10
"""To be reached on two cores."""


def main() -> int:
    """Measure every paper, print the table, and say whether the floors hold."""
    parser = argparse.ArgumentParser(description="Measure how well papers are read from PDF.")
    parser.add_argument("folder", type=Path, help="NAME.pdf and NAME.xml of each paper")
    parser.add_argument("--json", action="store_true", help="print the figures of all as JSON")
    arguments = parser.parse_args()
    rows = []
    if not arguments.json:
        print(f"{'paper':16} order intact strict captions entries doi title s/page")
    for path in sorted(arguments.folder.glob("*.xml")):
        rows.append(measure(path.with_suffix(".pdf"), read_truth(path)))
        if not arguments.json:
            print(rows[-1].line(), flush=True)
    if not rows:
        parser.error(f"{arguments.folder} holds no NAME.xml")
    found = figures(rows)
    print(json.dumps(found) if arguments.json else _words(found))
    return 0 if _hold(found, len(rows)) else 1


def figures(rows: Sequence[Row]) -> dict[str, float]:
    """Return what all papers reach together."""
    n, captions = len(rows), [row.captions for row in rows]
    return {
        "papers": n,
        "order": round(sum(row.order for row in rows) / n, 4),
        "intact": round(sum(row.intact for row in rows) / n, 4),
        "strict": round(sum(row.strict for row in rows) / n, 4),
        "captions": round(sum(a for a, _ in captions) / max(sum(b for _, b in captions), 1), 4),
        "references": sum(a == b for a, b in (row.references for row in rows)),
        "doi": sum(row.is_doi for row in rows),
        "title": sum(row.is_title for row in rows),
        "seconds_a_page": round(sum(r.seconds for r in rows) / sum(r.pages for r in rows), 4),
    }


def _words(found: dict[str, float]) -> str:
    return f"{found['papers']} papers: " + ", ".join(
        f"{name} {value}" for name, value in found.items() if name != "papers"
    )


def _hold(found: dict[str, float], papers: int) -> bool:
    """Whether the floors are reached: of references, DOIs and titles, all papers but two."""
    counts = all(found[name] >= papers - 2 for name in ("references", "doi", "title"))
    fast = 2 / max(found["seconds_a_page"], 1e-9) >= PAGES_A_SECOND
    return counts and fast and all(found[name] >= floor for name, floor in FLOORS.items())


if __name__ == "__main__":
    sys.exit(main())
