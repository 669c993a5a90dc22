"""Fit the calibrations of a reader on questions that it was not trained on.

    python -m training.calibrate CORPUS INDEX LIBRARIES READER.onnx CALIBRATION.json

Without a question bank: on the corpora that ``training.data.libraries`` wrote, whose indexes are in
their folders' ``index``. With a large one: on the ``calibration_*`` files of the corpus's bank,
each question without its own file among the known ones. With a small one: on the same files, beside
questions drawn at random from the other files. Each library, and each file, is measured with a
regression and bars from the others; these figures are printed. What is written is fitted on all.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import Any

from answer.opening import open_index
from answer.weighing.calibration import NEARNESS, Blend, Calibration, Regression
from answer.weighing.reader import Reader
from answer.weighing.signals import signals
from bank.known import Bank, EmptyBank
from corpus.sources import read_corpus
from index.encoder import SentenceEncoder
from ingest.drafting.processor import cores
from training.ablation import ablation
from training.data.questions import read_questions
from training.measure import Measured, Measurer, RememberingReader, of_bank, of_library
from training.regression import (
    bar_free_figures,
    best_bars,
    blind_figures,
    blindly,
    fit,
    mean_figures,
)

KEPT = "calibration_"
"""How the names of the bank's files begin that are for calibration."""
SMALL = (100, 400, 1600)
"""Known questions of the small banks that are drawn. Chosen by hand."""
log = logging.getLogger("training.calibrate")


def calibration_files(bank: Bank) -> list[str]:
    """Return the names of a bank's files that are for calibration."""
    return sorted({k.origin for k in bank.questions if k.origin.startswith(KEPT)})


def drawn(bank: Bank, size: int, seed: int) -> Bank:
    """Return a bank of some questions, drawn at random from the files not for calibration."""
    rest = [n for n, known in enumerate(bank.questions) if not known.origin.startswith(KEPT)]
    return bank.part(Random(seed).sample(rest, size))


def measured_beside(
    bank: Bank, known: Mapping[str, Bank | EmptyBank], measurer: Measurer
) -> list[Measured]:
    """Gather the signals of a bank's calibration files, each beside known questions of its own."""
    found: list[Measured] = []
    for file, beside in known.items():
        asked = [of_bank(one) for one in bank.questions if one.origin == file]
        found += measurer.measure(asked, beside, file)
    log.info("%d questions measured beside a bank", len(found))
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


def by_nearness(questions: Sequence[Measured]) -> list[Measured]:
    """Let each question count as much as the bank will for it: by its nearest known question."""
    column = [signal.name for signal in signals(with_bank=True)].index(NEARNESS)
    return [replace(q, weight=float(q.table[:1, column].sum())) for q in questions]


def calibrated(
    questions: Sequence[Measured],
    names: Sequence[str],
    calibration_of: Callable[[Regression], Calibration] = lambda fitted: fitted,
) -> tuple[Regression, dict[str, float]]:
    """Return the regression and bars fitted on everything, and the figures on origins kept out.

    Args:
        questions: with their signals.
        names: of the signals, in the order of the columns.
        calibration_of: what is made of the regression when it is used.

    """
    blind, probabilities = blindly(questions, names, calibration_of)
    by_origin = blind_figures(blind, probabilities)
    for origin, row in by_origin.items():
        log.info("%s: %s", origin, {name: round(value, 3) for name, value in row.items()})
    kept_out = mean_figures(by_origin) | bar_free_figures(blind, probabilities)
    bars = best_bars(blind, probabilities)
    return replace(fit(questions, names), bars=bars), kept_out


def record_of(regression: Regression, kept_out: Mapping[str, float]) -> dict[str, Any]:
    """Return what the calibration's file says of a regression."""
    return {
        "names": list(regression.names),
        "mean": regression.mean.tolist(),
        "scale": regression.scale.tolist(),
        "weights": regression.weights.tolist(),
        "bias": regression.bias,
        "bars": asdict(regression.bars),
        "kept_out": {name: round(value, 4) for name, value in kept_out.items()},
    }


def main() -> None:
    """Fit the regressions without a question bank, with a large and with a small one."""
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
    reader = RememberingReader(encoder, arguments.reader, cores())
    alone, beside = ([s.name for s in signals(with_bank=with_bank)] for with_bank in (False, True))
    record: dict[str, Any] = {"reader_sha256": reader.sha256}

    def keep(key: str, fitted: Regression, kept_out: Mapping[str, float]) -> Regression:
        record[key] = record_of(fitted, kept_out)
        log.info("%s: %s", key, record[key]["kept_out"])
        return fitted

    questions = measured_without_bank(arguments.libraries, reader, encoder)
    without_bank = keep("without_bank", *calibrated(questions, alone))
    if arguments.ablation:
        log.info("ablation:\n%s", ablation(questions, alone))
    retriever, bank = open_index(arguments.index, read_corpus(arguments.corpus), encoder)
    if isinstance(bank, EmptyBank):
        parser.error("the corpus has no question bank to calibrate on")
    measurer, files = Measurer(retriever, reader, encoder), calibration_files(bank)
    questions = measured_beside(bank, {file: bank.without(file) for file in files}, measurer)
    large_bank = keep("large_bank", *calibrated(questions, beside))
    if arguments.ablation:
        log.info("ablation:\n%s", ablation(questions, beside))
    questions = [
        question
        for size in SMALL
        for question in measured_beside(
            bank, dict.fromkeys(files, drawn(bank, size, seed=size)), measurer
        )
    ]
    keep(
        "small_bank",
        *calibrated(
            by_nearness(questions), beside, lambda fitted: Blend(without_bank, fitted, large_bank)
        ),
    )
    data = (json.dumps(record, indent=1) + "\n").encode()
    arguments.calibration.write_bytes(data)
    log.info("CALIBRATION_SHA256 = %r", hashlib.sha256(data).hexdigest())


if __name__ == "__main__":
    main()
