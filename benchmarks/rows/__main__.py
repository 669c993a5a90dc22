"""Measure how often the row of a table that answers is found, and whether rows crowd out prose.

    python -m benchmarks.rows --corpus DIR --index DIR [--questions FILE] [--per-table N]

Lookup questions are made from the rows by rule. FILE has one question per line as
training/questions/README.md describes them: those on documents of the corpus are asked too.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from answer.pipeline import Answerer, load_answerer
from benchmarks.rows import lookups

DECLINED = ("near_miss",)
DEPTH = 12
"""Passages that are searched for at most: as many as are read."""


def main() -> int:
    """Print the figures as one line of JSON each."""
    parser = argparse.ArgumentParser(description="Measure how rows of tables are found.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--questions", type=Path, nargs="*", default=[])
    parser.add_argument("--per-table", type=int, default=2)
    parser.add_argument("--json", type=Path, help="where to write each prose question's result")
    arguments = parser.parse_args()
    answerer = load_answerer(arguments.corpus, arguments.index)
    print(json.dumps({"lookups": _of_rows(answerer, arguments.per_table)}))
    if arguments.questions:
        figures, each = _of_prose(answerer, arguments.questions)
        print(json.dumps({"prose": figures}))
        if arguments.json:
            arguments.json.write_text(json.dumps(each), "utf-8")
    return 0


def _of_rows(answerer: Answerer, per_table: int) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in lookups(answerer.documents, per_table):
        counts["asked"] += 1
        hits = answerer.retriever.search(one.question, DEPTH)
        counts["among the hits"] += any(
            hit.passage.doc_id == one.doc_id and hit.passage.span.covers(one.span) for hit in hits
        )
        answer = answerer.answer(one.question)
        places = [(c.doc_id, c.span) for c in answer.citations]
        counts["answered"] += bool(places)
        counts["row first"] += places[:1] == [(one.doc_id, one.span)]
        counts["row quoted"] += (one.doc_id, one.span) in places
        counts["prose first"] += bool(answer.citations) and answer.citations[0].table is None
        counts["among the closest"] += (one.doc_id, one.span) in [
            (c.doc_id, c.span) for c in answer.related
        ]
    return dict(counts)


def _of_prose(
    answerer: Answerer, paths: list[Path]
) -> tuple[dict[str, float], dict[str, list[object]]]:
    """Return how many questions are answered whole, and how many that have no answer are not."""
    counts: Counter[str] = Counter()
    each: dict[str, list[object]] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            asked = json.loads(line)
            if asked.get("doc") not in answerer.documents or asked["kind"] == "followup":
                continue
            answer = answerer.answer(asked["question"], documents=None)
            quotes = [_squeezed(c.quote) for c in answer.citations]
            counts["rows quoted"] += sum(c.table is not None for c in answer.citations)
            counts["row first"] += bool(answer.citations) and answer.citations[0].table is not None
            if asked["kind"] in DECLINED:
                counts["unanswerable"] += 1
                counts["declined"] += not quotes
                held = not quotes
            else:
                held = all(any(_holds(quotes, one) for one in some) for some in asked["required"])
                counts["answerable"] += 1
                counts["complete"] += held
                counts["answered"] += bool(quotes)
            each[f"{asked['doc']} {asked['question']}"] = [
                asked["kind"], held, [c.quote for c in answer.citations]
            ]  # fmt: skip
    return dict(counts), each


def _holds(quotes: list[str], wanted: str) -> bool:
    return any(_squeezed(wanted) in quote or quote in _squeezed(wanted) for quote in quotes)


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


if __name__ == "__main__":
    sys.exit(main())
