"""Measure what a question bank is worth by its size, with the calibrations that are shipped.

    python -m benchmarks.bank_size CORPUS INDEX

The bank's ``calibration_*`` files are asked, first without a bank, then with banks of other
questions, drawn at random from the rest of it, and last with the whole bank, each without its own
file. The calibrations with a bank were fitted on these files, with the whole bank and with other
draws: the rows with a bank are a little too good.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from answer.opening import open_index
from answer.weighing.calibration import Calibration, load_calibration
from answer.weighing.signals import signals
from bank.known import Bank, EmptyBank
from corpus.sources import read_corpus
from index.encoder import SentenceEncoder, Vectors
from ingest.drafting.processor import cores
from training.calibrate import calibration_files, drawn, measured_beside
from training.measure import Measured, Measurer, RememberingReader
from training.regression import figures

SIZES = (25, 50, 100, 200, 1000)
SEEDS = (1, 2, 3)
COLUMNS = ("handled", "hit@1", "complete", "precision", "declined")
log = logging.getLogger("benchmarks.bank_size")

Figures = Mapping[str, float]


class RememberingEncoder(SentenceEncoder):
    """Encodes the same texts once."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[tuple[str, ...], Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, in order: shape ``(n, 384)``, float32, rows of length 1."""
        asked = tuple(texts)
        if asked not in self._rows:
            self._rows[asked] = super().encode(texts)
        return self._rows[asked]


def banks_by_size(bank: Bank, files: Sequence[str]) -> Iterator[Mapping[str, Bank | EmptyBank]]:
    """Yield banks from none to the whole, each as the one to use for every file."""
    n_others = sum(known.origin not in files for known in bank.questions)
    yield dict.fromkeys(files, EmptyBank())
    for size in (size for size in SIZES if size <= n_others):
        for seed in SEEDS:
            yield dict.fromkeys(files, drawn(bank, size, seed))
    yield {file: bank.without(file) for file in files}


def size_table(rows: Mapping[int, Sequence[Figures]]) -> str:
    """Return a Markdown table of the means over the draws of each size."""
    lines = [
        f"| known questions | {' | '.join(COLUMNS)} | handled, worst and best draw |",
        "|---:|" + "---:|" * (len(COLUMNS) + 1),
    ]
    for size, draws in rows.items():
        means = (f"{np.mean([draw[name] for draw in draws]):.3f}" for name in COLUMNS)
        handled = [draw["handled"] for draw in draws]
        spread = f"{min(handled):.3f} to {max(handled):.3f}" if len(draws) > 1 else ""
        lines.append(f"| {size:,} | {' | '.join(means)} | {spread} |")
    return "\n".join(lines)


def _figures(questions: Sequence[Measured], calibration: Calibration) -> Figures:
    """Return the figures of some questions with the calibration that answers are given with."""
    probabilities = [calibration.probabilities(question.table) for question in questions]
    bars = [calibration.bars_for(question.table) for question in questions]
    return figures(questions, probabilities, bars)


def main() -> None:
    """Measure every size and print the table."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("index", type=Path, help="what `quotewell build` wrote")
    arguments = parser.parse_args()
    encoder = RememberingEncoder()
    retriever, bank = open_index(arguments.index, read_corpus(arguments.corpus), encoder)
    if isinstance(bank, EmptyBank):
        parser.error("the corpus has no question bank to draw from")
    reader = RememberingReader(encoder, threads=cores())
    with_bank, without_bank = (
        load_calibration(reader.sha256, signals(with_bank=with_bank)) for with_bank in (True, False)
    )
    measurer = Measurer(retriever, reader, encoder)
    rows: dict[int, list[Figures]] = {}
    for banks in banks_by_size(bank, calibration_files(bank)):
        measured = measured_beside(bank, banks, measurer)
        size = max(len(one.questions) for one in banks.values())
        calibration = with_bank if size else without_bank
        rows.setdefault(size, []).append(_figures(measured, calibration))
        log.info("%d known questions: %s", size, rows[size][-1])
    print(size_table(rows))


if __name__ == "__main__":
    main()
