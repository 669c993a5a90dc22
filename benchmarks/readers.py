"""Compare reader files on documents and questions kept out of training.

    python -m benchmarks.readers LIBRARIES READER.onnx [READER.onnx ...]

Asks the questions of ``training/questions/kept_out.jsonl`` and prints a line for each reader: the
figures that no bar changes, and those with the best bars, from a regression and bars fitted on the
other libraries. ``LIBRARIES`` is what ``training.data.libraries`` wrote, with indexes.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Sequence
from pathlib import Path

from answer.weighing.reader import Reader
from answer.weighing.signals import signals
from bank.pipeline import open_index
from corpus.sources import read_corpus
from index.encoder import SentenceEncoder
from ingest.drafting.processor import cores
from training.data.questions import Question, read_questions
from training.measure import Measured, Measurer, of_library
from training.regression import bar_free_figures, blind_figures, blindly, mean_figures

KEPT_OUT = "kept_out.jsonl"
COLUMNS = ("R@1", "AUROC", "handled", "hit@1", "complete", "precision", "answered", "declined")
log = logging.getLogger("benchmarks.readers")


def measured(
    libraries: Path, questions: Sequence[Question], reader: Reader, encoder: SentenceEncoder
) -> list[Measured]:
    """Ask the questions of each library and gather their signals."""
    found: list[Measured] = []
    for folder in sorted(libraries.iterdir()):
        retriever, bank = open_index(folder / "index", read_corpus(folder), encoder)
        asked = list(of_library(questions, retriever))
        found += Measurer(retriever, reader, encoder).measure(asked, bank, folder.name)
    return found


def main() -> None:
    """Print a Markdown table."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("libraries", type=Path)
    parser.add_argument("readers", type=Path, nargs="+", metavar="READER.onnx")
    arguments = parser.parse_args()
    encoder = SentenceEncoder()
    questions = read_questions(KEPT_OUT)
    names = [signal.name for signal in signals(with_bank=False)]
    print(f"| reader | {' | '.join(COLUMNS)} |\n|---|{'---:|' * len(COLUMNS)}")
    for path in arguments.readers:
        reader = Reader(encoder, path, cores())
        blind, probabilities = blindly(
            measured(arguments.libraries, questions, reader, encoder), names
        )
        figures = mean_figures(blind_figures(blind, probabilities))
        figures |= bar_free_figures(blind, probabilities)
        cells = " | ".join(f"{figures[name]:.3f}" for name in COLUMNS)
        print(f"| {path.stem} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
