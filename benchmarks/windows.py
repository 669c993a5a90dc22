"""Compare how many windows are read for a question, on documents kept out of training.

    python -m benchmarks.windows LIBRARIES

Asks the questions of ``training/questions/kept_out.jsonl`` and prints, for every effort, the mean
number of windows read and the figures that no bar changes, with the regression fitted anew on the
other libraries. ``LIBRARIES`` is what ``training.data.libraries``
wrote, with indexes.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from answer.opening import open_index
from answer.weighing.reader import Reading
from answer.weighing.reader_input import Text
from answer.weighing.signals import signals
from answer.weighing.weigher import EFFORT, Effort
from corpus.sources import read_corpus
from index.encoder import SentenceEncoder
from ingest.drafting.processor import cores
from training.data.questions import read_questions
from training.measure import Measured, Measurer, RememberingReader, of_library
from training.regression import bar_free_figures, blindly

KEPT_OUT = "kept_out.jsonl"
MOST = (3, 5, 6, 8, 10, 12)
FIRST = (3, 5)
SURE = (0.0, 1.0, 2.0, 3.0)
log = logging.getLogger("benchmarks.windows")


class CountingReader(RememberingReader):
    """Also counts the windows asked for, read before or not."""

    n_asked = 0

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return a reading of each window, in order."""
        self.n_asked += len(texts)
        return super().read(question, texts)


def efforts() -> list[Effort]:
    """Return what is compared: all windows at once, then the shipped number in two steps."""
    at_once = [Effort(most, most) for most in MOST]
    steps = [replace(EFFORT, first=first, sure=sure) for first, sure in product(FIRST, SURE)]
    return [*at_once, *steps]


def main() -> None:
    """Measure every effort and print a line for each."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("libraries", type=Path)
    arguments = parser.parse_args()
    encoder = SentenceEncoder()
    compared = efforts()
    measured: dict[Effort, list[Measured]] = {effort: [] for effort in compared}
    n_read = dict.fromkeys(compared, 0)
    for folder in sorted(arguments.libraries.iterdir()):
        retriever, bank = open_index(folder / "index", read_corpus(folder), encoder)
        asked = list(of_library(read_questions(KEPT_OUT), retriever))
        reader = CountingReader(encoder, threads=cores())
        for effort in compared:
            before = reader.n_asked
            measurer = Measurer(retriever, reader, encoder, effort)
            measured[effort] += measurer.measure(asked, bank, folder.name)
            n_read[effort] += reader.n_asked - before
    names = [signal.name for signal in signals(with_bank=False)]
    log.info("| at most | first | enough from | windows read | R@1 | AUROC |")
    log.info("|---:|---:|---:|---:|---:|---:|")
    for effort, questions in measured.items():
        found = bar_free_figures(*blindly(questions, names))
        in_steps = f"{effort.first} | {effort.sure}" if effort.first < effort.most else " | "
        mean = n_read[effort] / len(questions)
        log.info(
            "| %d | %s | %.1f | %.3f | %.3f |",
            effort.most,
            in_steps,
            mean,
            found["R@1"],
            found["AUROC"],
        )


if __name__ == "__main__":
    main()
