"""Compare Quotewell's search with txtai's hybrid and LangChain's FAISS store, in one run.

    python -m benchmarks.rivals MEDQUAD.jsonl.gz [--documents N] [--questions N] [--peers PYTHON]
                                                 [--json FILE]

Each answer of MedQuAD is a document, and its question is to find it: R@k is the share of questions
whose document is among those of the first k chunks. All have the same weights; the others cut
chunks of 1,000 characters and embed them as sentence-transformers does by default. "bare" is the
least that finds them so: one matrix product with the vectors of all chunks. Ingest is from
the texts to an index that can be searched; questions are asked one after another, from their text
to the chunks. Seconds are processor time: a busy machine changes them less. PYTHON is one that has
what ``requirements.txt`` lists (``make rivals`` makes one).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from benchmarks import figures
from index.weights import installed_model
from ui.process import PRIVATE, QUIET

SEED = 12
QUESTIONS = 400
RANKS = (1, 6, 10)
HERE = Path(__file__).parent
PEERS = Path(".venv-rivals/bin/python")

Told = dict[str, Any]
"""What one system printed: see ``peers.py``."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one system did."""

    name: str
    recall: tuple[float, ...]
    """R@k for each of ``RANKS``, from 0 to 1."""
    p50: float
    """Of a question, in milliseconds of processor time."""
    p95: float
    ingest: float
    """Processor time, in seconds."""
    wall: float
    """Of ingest, in seconds."""


def main() -> int:
    """Run every system in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description="Compare retrieval with other libraries.")
    parser.add_argument("medquad", type=Path, metavar="MEDQUAD.jsonl.gz")
    parser.add_argument("--documents", type=int, default=1000, metavar="N")
    parser.add_argument("--questions", type=int, default=QUESTIONS, metavar="N")
    parser.add_argument("--peers", type=Path, metavar="PYTHON", default=PEERS)
    figures.add_option(parser)
    arguments = parser.parse_args()
    if not arguments.peers.exists():
        print(f"{arguments.peers} is not there; run `make rivals` or give --peers", file=sys.stderr)
        return 1
    documents, asked = drawn(arguments.medquad, arguments.documents, arguments.questions)
    with tempfile.TemporaryDirectory() as folder:
        job = write_job(Path(folder), documents, [question for question, _ in asked])
        gold = [number for _, number in asked]
        found = [
            figures_of(
                "Quotewell", run([sys.executable, "-m", "benchmarks.rivals.ours", str(job)]), gold
            ),
            *(
                figures_of(
                    name, run([str(arguments.peers), str(HERE / "peers.py"), name, str(job)]), gold
                )
                for name in ("txtai", "langchain", "bare")
            ),
        ]
    print(table(found, len(documents), len(asked)))
    figures.write(arguments.json, {name: value for one in found for name, value in data(one)})
    return 0


def drawn(
    path: Path, n_documents: int, n_questions: int
) -> tuple[list[str], list[tuple[str, int]]]:
    """Return documents, and questions with the number of the document that each is of."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    pairs = [(pair["question"], pair["answer"]) for page in pages for pair in page["pairs"]]
    once = list({answer: question for question, answer in pairs if answer.strip()}.items())
    random = Random(SEED)
    chosen = random.sample(once, min(n_documents, len(once)))
    asked = random.sample(range(len(chosen)), min(n_questions, len(chosen)))
    return [answer for answer, _ in chosen], [(chosen[n][1], n) for n in asked]


def write_job(folder: Path, documents: Sequence[str], questions: Sequence[str]) -> Path:
    """Write what every system gets, and return the file that names it."""
    (folder / "documents.json").write_text(json.dumps(documents), "utf-8")
    (folder / "questions.json").write_text(json.dumps(questions), "utf-8")
    job = {
        "documents": str(folder / "documents.json"),
        "questions": str(folder / "questions.json"),
        "model": str(installed_model()),
    }
    (folder / "job.json").write_text(json.dumps(job), "utf-8")
    return folder / "job.json"


def run(command: Sequence[str]) -> Told:
    """Run one system and return what it printed last."""
    done = subprocess.run(
        command, env=os.environ | PRIVATE | QUIET, stdout=subprocess.PIPE, check=True
    )
    told: Told = json.loads(done.stdout.decode().splitlines()[-1])
    return told


def figures_of(name: str, told: Told, gold: Sequence[int]) -> Figures:
    """Return the figures of one system from what it printed."""
    pairs = list(zip(told["found"], gold, strict=True))
    recall = tuple(sum(right in found[:k] for found, right in pairs) / len(gold) for k in RANKS)
    milliseconds = [1000 * seconds for seconds in told["seconds"]]
    p95 = quantiles(milliseconds, n=20)[-1]
    ingest = told["ingest"]
    return Figures(name, recall, median(milliseconds), p95, ingest["cpu"], ingest["wall"])


def data(one: Figures) -> Iterator[tuple[str, float]]:
    """Yield the figures of one system by name."""
    ranks = {f"R@{k}": value for k, value in zip(RANKS, one.recall, strict=True)}
    times = {"p50_ms": one.p50, "p95_ms": one.p95, "ingest.cpu_s": one.ingest}
    for name, value in {**ranks, **times, "ingest.wall_s": one.wall}.items():
        yield f"{one.name}.{name}", value


def table(found: Sequence[Figures], n_documents: int, n_questions: int) -> str:
    """Return a Markdown table."""
    heads = ["", *(f"R@{k}" for k in RANKS), "question p50 / p95, ms", "ingest, s", "wall, s"]
    rows = [
        [
            one.name,
            *(f"{value:.3f}" for value in one.recall),
            f"{one.p50:.1f} / {one.p95:.1f}",
            f"{one.ingest:.0f}",
            f"{one.wall:.0f}",
        ]
        for one in found
    ]
    lines = [heads, ["---"] * len(heads), *rows]
    said = f"{n_documents} documents, {n_questions} questions; seconds of processor time.\n\n"
    return said + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    sys.exit(main())
