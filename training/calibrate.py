"""Fit the calibrations of a reader on questions that it was not trained on.

    python -m training.calibrate CORPUS INDEX LIBRARIES READER.onnx CALIBRATION.json

With a question bank: on the ``calibration_*`` files of the corpus's bank, each question without
its own file among the known ones. Without: on the corpora that ``training.data.libraries`` wrote,
whose indexes are in their folders' ``index``. Each file, and each library, is measured with a
regression and bars from the others; these figures are printed. What is written is fitted on all.
"""

from __future__ import annotations

import argparse
import hashlib
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
from training.data.questions import read_questions
from training.measure import Measured, Measurer, of_bank, of_library
from training.regression import (
    bar_free_figures,
    best_bars,
    blind_figures,
    blindly,
    fit,
    mean_figures,
)
from ui.process import cores

KEPT = "calibration_"
"""How the names of the bank's files begin that are for calibration."""
log = logging.getLogger("training.calibrate")


def measured_with_bank(
    corpus: Path, index: Path, reader: Reader, encoder: SentenceEncoder
) -> list[Measured]:
    """Gather the signals of the bank's questions, each without its file in the bank."""
    retriever, bank = open_index(index, read_corpus(corpus), encoder)
    if isinstance(bank, EmptyBank):
        raise SystemExit("the corpus has no question bank to calibrate on")
    measurer = Measurer(retriever, reader, encoder)
    found: list[Measured] = []
    for file in sorted({k.origin for k in bank.questions if k.origin.startswith(KEPT)}):
        asked = [of_bank(known) for known in bank.questions if known.origin == file]
        found += measurer.measure(asked, bank.without(file), file)
        log.info("%s: %d questions", file, len(asked))
    return found


def measured_without_bank(
    libraries: Path, reader: Reader, encoder: SentenceEncoder
) -> list[Measured]:
    """Gather the signals of the training questions on the libraries kept out."""
    questions = read_questions()
    found: list[Measured] = []
    for folder in sorted(libraries.iterdir()):
        retriever, bank = open_index(folder / "index", read_corpus(folder), encoder)
        asked = list(of_library(questions, retriever))
        found += Measurer(retriever, reader, encoder).measure(asked, bank, folder.name)
        log.info("%s: %d questions", folder.name, len(asked))
    return found


def fitted(questions: Sequence[Measured], names: Sequence[str]) -> dict[str, Any]:
    """Return the calibration fitted on everything, with its figures on origins kept out."""
    origins = sorted({question.origin for question in questions})
    blind, probabilities = blindly(questions, origins)
    by_origin = blind_figures(blind, probabilities, origins)
    for origin, row in by_origin.items():
        log.info("%s: %s", origin, {name: round(value, 3) for name, value in row.items()})
    kept_out = mean_figures(by_origin) | bar_free_figures(blind, probabilities)
    final = fit(questions, slice(None))
    return {
        "names": list(names),
        "mean": final.mean.tolist(),
        "scale": final.scale.tolist(),
        "weights": final.weights.tolist(),
        "bias": final.bias,
        "bars": asdict(best_bars(blind, probabilities)),
        "kept_out": {name: round(value, 4) for name, value in kept_out.items()},
    }


def main() -> None:
    """Fit both calibrations, with a question bank and without, and write them."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("libraries", type=Path, help="folder of the libraries kept out")
    parser.add_argument("reader", type=Path, help="ONNX file")
    parser.add_argument("calibration", type=Path, help="JSON file to write")
    parser.add_argument("--ablation", action="store_true", help="also fit on some signals only")
    arguments = parser.parse_args()
    encoder = SentenceEncoder()
    reader = Reader(encoder, arguments.reader, cores())
    record: dict[str, Any] = {"reader_sha256": reader.sha256}
    of_kind = {
        "with_bank": measured_with_bank(arguments.corpus, arguments.index, reader, encoder),
        "without_bank": measured_without_bank(arguments.libraries, reader, encoder),
    }
    for key, questions in of_kind.items():
        names = [signal.name for signal in signals(with_bank=key == "with_bank")]
        record[key] = fitted(questions, names)
        log.info("%s: %s", key, record[key]["kept_out"])
        if arguments.ablation:
            log.info("ablation:\n%s", ablation(questions, names))
    data = (json.dumps(record, indent=1) + "\n").encode()
    arguments.calibration.write_bytes(data)
    log.info("CALIBRATION_SHA256 = %r", hashlib.sha256(data).hexdigest())


if __name__ == "__main__":
    main()
