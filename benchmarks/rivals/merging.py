"""Compare ways to merge the rankings of a search, in a library of ten thousand documents.

    python -m benchmarks.rivals.merging MEDQUAD.jsonl.gz [--documents 10000] [--questions 1200]

The documents are those that ``benchmarks.rivals`` takes; the questions are others than it asks.
Prints what ``training.fusion`` prints for small libraries: for each damping constant and for
weights of the three rankings, the share of questions whose document is among the first 6 and 12
passages.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from random import Random

import numpy as np

from answer.asking.names import Names
from answer.build import build
from answer.mining.mined import open_mined
from answer.opening import open_index
from benchmarks.adding.__main__ import write_corpus
from benchmarks.rivals.__main__ import QUESTIONS, drawn
from benchmarks.rivals.ours import write_texts
from corpus.sources import read_corpus
from index.encoder import open_encoder
from index.retriever import CANDIDATES, Retriever
from ingest.drafting.processor import cores
from training.fusion import DAMPINGS, UNRANKED, WEIGHTS, Ranked, found
from ui.process import prepare

SEED = 5


def main() -> int:
    """Build the library, rank, and print the table, the best last."""
    parser = argparse.ArgumentParser(description="Compare ways to merge the rankings of a search.")
    parser.add_argument("medquad", type=Path, metavar="MEDQUAD.jsonl.gz")
    parser.add_argument("--documents", type=int, default=10_000, metavar="N")
    parser.add_argument("--questions", type=int, default=1200, metavar="N")
    arguments = parser.parse_args()
    prepare(threads=cores())
    documents, asked = others(arguments.medquad, arguments.documents, arguments.questions)
    if not asked:
        parser.error(f"--documents: benchmarks.rivals asks {QUESTIONS} of them; name more")
    with tempfile.TemporaryDirectory() as folder:
        questions = list(ranked(Path(folder), documents, asked))
    rows = [
        (found(questions, weights, damping), damping, weights)
        for damping, weights in product(DAMPINGS, WEIGHTS)
    ]
    for shares, damping, weights in sorted(rows, key=lambda row: sum(row[0])):
        print(f"{damping} {weights}: {[round(share, 4) for share in shares]}")
    return 0


def others(
    medquad: Path, n_documents: int, n_questions: int
) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the documents, and questions that ``benchmarks.rivals`` does not ask of them."""
    documents, everything = drawn(medquad, n_documents, n_documents)
    taken = {number for _, number in drawn(medquad, n_documents, QUESTIONS)[1]}
    rest = [(question, number) for question, number in everything if number not in taken]
    Random(SEED).shuffle(rest)
    return documents, rest[:n_questions]


def ranked(
    folder: Path, documents: Sequence[str], asked: Sequence[tuple[str, int]]
) -> Iterator[Ranked]:
    """Yield the rankings of the questions, of the passages that are in any of them."""
    corpus, index = folder / "corpus", folder / "index"
    write_corpus(corpus, write_texts(folder, documents))
    build(corpus, index)
    encoder = open_encoder(index)
    retriever, _ = open_index(index, read_corpus(corpus), encoder)
    names = Names(open_mined(retriever.kept))
    for question, number in asked:
        query = " ".join([question, *names.others(question)])
        (vector,) = encoder.encode([query])
        yield _compact(retriever, retriever.rankings(query, vector, CANDIDATES), number)


def _compact(retriever: Retriever, rankings: Sequence[Sequence[int]], number: int) -> Ranked:
    rows = sorted({row for ranking in rankings for row in ranking})
    place = {row: at for at, row in enumerate(rows)}
    ranks = np.full((len(rankings), len(rows)), UNRANKED)
    for at, ranking in enumerate(rankings):
        ranks[at, [place[row] for row in ranking]] = np.arange(1, len(ranking) + 1)
    gold = [int(retriever.doc_id_of(row)[1:]) == number for row in rows]
    return Ranked(ranks, np.array(gold))


if __name__ == "__main__":
    sys.exit(main())
