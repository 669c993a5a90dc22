"""Compare ways to merge the rankings of a search, on documents kept out of training.

    python -m training.fusion LIBRARIES

Prints, for each damping constant and for weights of the three rankings, the share of questions that
have a passage with an answer among the first 6 and 12. ``LIBRARIES`` is what
``training.data.libraries`` wrote, with indexes.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import gcd
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.asking.names import Names
from answer.asking.question import understand
from answer.mining.mined import mine
from answer.opening import open_index
from corpus.sources import read_corpus
from index.encoder import SentenceEncoder
from index.retriever import CANDIDATES
from training.data.questions import read_questions
from training.measure import of_library

DAMPINGS = (5, 10, 15, 20, 30, 60)
WEIGHTS = [weights for weights in product(range(4), repeat=3) if gcd(*weights) == 1]
"""Those without a common factor: others are the same."""
FIRST = (6, 12)
UNRANKED = np.inf
log = logging.getLogger("training.fusion")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question's rankings, and the passages with an answer."""

    ranks: NDArray[np.float64]
    """Shape ``(3, n_passages)``: the rank from 1 in each ranking, infinite if not in it."""
    gold: NDArray[np.bool_]


def ranked(library: Path, encoder: SentenceEncoder) -> Iterator[Ranked]:
    """Yield the answerable questions of a library."""
    retriever, _ = open_index(library / "index", read_corpus(library), encoder)
    names = Names(mine(retriever.documents.values()))
    asked = [each for each in of_library(read_questions(), retriever) if each.required]
    texts = [understand(each.question, each.history).text for each in asked]
    for each, text, vector in zip(asked, texts, encoder.encode(texts), strict=True):
        query = " ".join([text, *names.others(text)])
        ranks = np.full((3, len(retriever.passages)), UNRANKED)
        for row, ranking in enumerate(retriever.rankings(query, vector, CANDIDATES)):
            ranks[row, ranking] = np.arange(1, len(ranking) + 1)
        gold = [bool(each.to_show & set(p.sentences)) for p in retriever.passages]
        yield Ranked(ranks, np.array(gold))


def found(questions: Sequence[Ranked], weights: Sequence[float], damping: int) -> list[float]:
    """Return the share of questions with an answer among the first of ``FIRST`` passages."""
    better = []
    for question in questions:
        scores = np.array(weights) @ (1 / (damping + question.ranks))
        better.append(int((scores > scores[question.gold].max(initial=0)).sum()))
    return [float(np.mean([rank < first for rank in better])) for first in FIRST]


def main() -> None:
    """Print the table, the best last."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("libraries", type=Path)
    arguments = parser.parse_args()
    encoder = SentenceEncoder()
    questions = [
        each
        for library in sorted(arguments.libraries.iterdir())
        for each in ranked(library, encoder)
        if each.gold.any()
    ]
    log.info("%d questions", len(questions))
    rows = [
        (sum(found(questions, weights, damping)), weights, damping)
        for damping, weights in product(DAMPINGS, WEIGHTS)
    ]
    for _, weights, damping in sorted(rows):
        shares = found(questions, weights, damping)
        log.info("%d %s: %s", damping, weights, [round(share, 4) for share in shares])


if __name__ == "__main__":
    main()
