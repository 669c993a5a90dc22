"""Check that the case report is the same document in every format, and answers the same questions.

    python -m benchmarks.formats [FORMAT ...] [--answers] [--keep DIR] [--json]

It is set from its Markdown as a journal's page in two columns (pdf), an article in JATS (nxml), a
web page with navigation and adverts (html) and a Word file (docx). For each format that is named,
or all of them, one line:

words      of the Markdown without captions, in order: longest common subsequence over all of them
units      that may be quoted, with the same letters as in the Markdown, and how many it has
headings captions references   likewise; of a reference, the number has to be the same too
complete handled               with --answers: of the evaluation's questions, where the format's
           file stands in the place of the Markdown (builds an index: minutes)
bank       with --answers: pieces of the question bank's evidence that the document has

DIR keeps the files that were made.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.formats import DOC_ID, MAKERS, made, read
from benchmarks.formats.agreement import compare
from benchmarks.formats.answers import answer_all
from ui.process import prepare
from ui.settings import ROOT

QUESTIONS = ROOT / "evaluation" / "questions.jsonl"
FARTHEST = 0.03
"""That ``complete`` and ``handled`` may be below those of the Markdown."""


def main() -> int:
    """Compare the formats, print a line for each, and say whether all of them hold."""
    parser = argparse.ArgumentParser(description="Check that all formats say the same.")
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help=f"of {', '.join(MAKERS)}")
    parser.add_argument("--answers", action="store_true", help="ask the evaluation's questions too")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the files that were made")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    arguments = parser.parse_args()
    if unknown := set(arguments.formats) - set(MAKERS):
        parser.error(f"{', '.join(sorted(unknown))}: not one of {', '.join(MAKERS)}")
    prepare()
    holds, asked = True, {}
    for suffix in ["md", *(arguments.formats or MAKERS)]:
        data = made(suffix)
        if arguments.keep:
            (arguments.keep / f"{DOC_ID}.{suffix}").write_bytes(data)
        record, is_same = _measured(suffix, data, with_answers=arguments.answers)
        asked[suffix] = record
        near = not arguments.answers or all(
            record[name] >= asked["md"][name] - FARTHEST for name in ("complete", "handled")
        )
        holds &= is_same and near
        print(json.dumps({suffix: record}) if arguments.json else _line(suffix, record), flush=True)
    return 0 if holds else 1


def _measured(suffix: str, data: bytes, *, with_answers: bool) -> tuple[dict[str, Any], bool]:
    document = read(suffix, data)
    agreement = compare(read("md", made("md")), document)
    record = asdict(agreement)
    if with_answers:
        with tempfile.TemporaryDirectory() as work:
            answered = answer_all(document, suffix, data, QUESTIONS, Path(work))
        record |= asdict(answered)
    return record, agreement.holds


def _line(suffix: str, record: dict[str, Any]) -> str:
    pairs = ("sentences", "headings", "captions", "references")
    counts = " ".join(f"{name} {record[name][0]}/{record[name][1]}" for name in pairs)
    line = f"{suffix:5} words {record['words']:.4f} {counts}"
    if "complete" not in record:
        return line
    return (
        f"{line} complete {record['complete']:.3f} handled {record['handled']:.3f} "
        f"bank {record['found']}/{record['named']} not handled: {' '.join(record['missed'])}"
    )


if __name__ == "__main__":
    sys.exit(main())
