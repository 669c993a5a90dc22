"""Fit the calibration of a reader on questions that it was not trained on.

    python -m training.calibrate CORPUS INDEX READER.onnx CALIBRATION.json FILE FILE [FILE …]

The files are those of the question bank left out of training. Each is measured with a regression
and bars from the others, without its own questions among the known ones; these figures are printed.
What is written is fitted on all files.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from answer.weighing.reader import Reader
from answer.weighing.signals import signals
from bank.known import EmptyBank
from bank.pipeline import open_index
from corpus.sources import read_corpus
from index.encoder import SentenceEncoder
from training.ablation import ablation
from training.measure import Measured, measure
from training.regression import best_bars, blind_figures, blindly, fit, mean_figures
from ui.process import cores

log = logging.getLogger("training.calibrate")


def fitted(
    questions: Sequence[Measured], files: Sequence[str], names: Sequence[str]
) -> dict[str, Any]:
    """Return the calibration fitted on everything, with its figures on files kept out."""
    blind, probabilities = blindly(questions, files)
    by_file = blind_figures(blind, probabilities, files)
    for file, row in by_file.items():
        log.info("%s: %s", file, {name: round(value, 3) for name, value in row.items()})
    final = fit(questions, slice(None))
    return {
        "names": list(names),
        "mean": final.mean.tolist(),
        "scale": final.scale.tolist(),
        "weights": final.weights.tolist(),
        "bias": final.bias,
        "bars": asdict(best_bars(blind, probabilities)),
        "kept_out": {name: round(value, 4) for name, value in mean_figures(by_file).items()},
    }


def main() -> None:
    """Fit both calibrations, with a question bank and without, and write them."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("reader", type=Path, help="ONNX file")
    parser.add_argument("calibration", type=Path, help="JSON file to write")
    parser.add_argument("files", nargs="+", help="names of the bank's files, without extension")
    arguments = parser.parse_args()
    encoder, corpus = SentenceEncoder(), read_corpus(arguments.corpus)
    retriever, bank = open_index(arguments.index, corpus, encoder)
    if isinstance(bank, EmptyBank):
        parser.error("the corpus has no question bank to calibrate on")
    reader = Reader(encoder, arguments.reader, cores())
    record: dict[str, Any] = {"reader_sha256": reader.sha256}
    for key, with_bank in (("with_bank", True), ("without_bank", False)):
        names = [signal.name for signal in signals(with_bank=with_bank)]
        questions = measure(bank, arguments.files, retriever, reader, encoder, with_bank=with_bank)
        record[key] = fitted(questions, arguments.files, names)
        log.info("%s: %s", key, record[key]["kept_out"])
        if with_bank:
            log.info("ablation:\n%s", ablation(questions, arguments.files))
    arguments.calibration.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
