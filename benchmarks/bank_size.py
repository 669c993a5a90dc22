"""Measure what a question bank is worth by its size, with the calibrations that are shipped.

    python -m benchmarks.bank_size CORPUS INDEX

The bank's ``calibration_*`` files are asked, first without a bank, then with banks of other
questions, drawn at random from the rest of it, and last with the whole bank, each without its own
file. The calibration with a bank was fitted on these files and the whole bank: the last row is a
little too good, the others are not.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np

from answer.weighing.calibration import Calibration, load_calibration
from answer.weighing.reader import MODEL, Reader, Reading
from answer.weighing.reader_input import Text
from answer.weighing.signals import signals
from bank.known import Bank, EmptyBank
from bank.pipeline import open_index
from corpus.sources import read_corpus
from index.encoder import SentenceEncoder, Tokenizer, Vectors
from training.calibrate import KEPT
from training.measure import Measured, Measurer, of_bank
from training.regression import figures
from ui.process import cores

SIZES = (25, 50, 100, 200)
SEEDS = (1, 2, 3)
COLUMNS = ("handled", "hit@1", "complete", "precision", "declined")
log = logging.getLogger("benchmarks.bank_size")

Figures = Mapping[str, float]


class RememberingReader(Reader):
    """Reads a window once per question: banks choose the windows, and change no reading."""

    def __init__(self, tokenizer: Tokenizer, path: Path = MODEL, threads: int = 1) -> None:
        super().__init__(tokenizer, path, threads)
        self._readings: dict[tuple[str, Text], Reading] = {}

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return a reading of each window, in order."""
        new = [text for text in texts if (question, text) not in self._readings]
        for text, reading in zip(new, super().read(question, new), strict=True):
            self._readings[question, text] = reading
        return [self._readings[question, text] for text in texts]


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
    rest = [number for number, known in enumerate(bank.questions) if known.origin not in files]
    yield dict.fromkeys(files, EmptyBank())
    for size in (size for size in SIZES if size <= len(rest)):
        for seed in SEEDS:
            yield dict.fromkeys(files, bank.part(Random(seed).sample(rest, size)))
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
    return figures(questions, probabilities, calibration.bars)


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
    files = sorted({k.origin for k in bank.questions if k.origin.startswith(KEPT)})
    asked = {file: [of_bank(k) for k in bank.questions if k.origin == file] for file in files}
    rows: dict[int, list[Figures]] = {}
    for banks in banks_by_size(bank, files):
        measured = [m for file in files for m in measurer.measure(asked[file], banks[file], file)]
        size = max(len(one.questions) for one in banks.values())
        calibration = with_bank if size else without_bank
        rows.setdefault(size, []).append(_figures(measured, calibration))
        log.info("%d known questions: %s", size, rows[size][-1])
    print(size_table(rows))


if __name__ == "__main__":
    main()
