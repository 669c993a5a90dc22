"""Fit the calibration of a reader on questions that it was not trained on.

    python -m training.calibrate CORPUS INDEX READER.onnx CALIBRATION.json FILE FILE [FILE …]

The files are those of the question bank left out of training. Each is measured with a regression
and bars from the others, without its own questions among the known ones; the figures printed are
those. What is written is fitted on all of them.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from answer.bank import ANSWERABLE, BANK, KnownQuestion, read_bank
from answer.calibration import Bars, Calibration
from answer.features import FEATURES, WITHOUT_BANK, features
from answer.names import mine_names
from answer.question import understand
from answer.reader import Reader
from answer.select import Scored, choose
from answer.signals import KnownQuestions, Signaller
from answer.spelling import Speller
from answer.units import Unit, units_of
from corpus.sources import corpus_hash
from index.encoder import SentenceEncoder
from index.pipeline import load_retriever
from index.retriever import Retriever

Table = NDArray[np.float64]
UNANSWERABLE = ("near_miss", "off_topic")
STRENGTH = 0.3
"""Inverse regularisation of the regression; .1 to 1 gave the same figures within .003."""
BARS = [
    Bars(float(first), float(further), share)
    for first, further, share in product(
        np.arange(0.1, 0.75, 0.025), np.arange(0.15, 0.7, 0.05), (0.0, 0.3, 0.5, 0.7)
    )
    if further >= first / 2
]
log = logging.getLogger("training.calibrate")


@dataclass(frozen=True, slots=True)
class Measured:
    """A question, the units it led to, and what is known of them."""

    known: KnownQuestion
    units: tuple[Unit, ...]
    table: Table
    answers: NDArray[np.bool_]
    """Whether each unit is one of the required."""
    helps: NDArray[np.bool_]
    needs: tuple[frozenset[Unit], ...]


def measure(
    bank: Sequence[KnownQuestion],
    files: Sequence[str],
    retriever: Retriever,
    reader: Reader,
    *,
    with_bank: bool,
) -> list[Measured]:
    """Gather the features of every question of the files."""
    encoder = retriever.encoder
    assert isinstance(encoder, SentenceEncoder)
    documents = retriever.documents.values()
    speller, names = Speller(documents, encoder), mine_names(documents)
    everything = KnownQuestions(bank, retriever.question_vectors, retriever.sentences)
    units = units_of(retriever.sentences)
    unit_of = {(s.doc_id, s.span): u for s, u in zip(retriever.sentences, units, strict=True)}
    measured = []
    for file in files:
        known_questions = everything.without(file) if with_bank else None
        signaller = Signaller(retriever, reader, known_questions, names)
        for known in (k for k in bank if k.origin == file):
            signals = signaller.gather(understand(known.question, known.history, speller.correct))
            order = tuple(dict.fromkeys(units[row] for row in signals.rows))
            needs = tuple(frozenset(unit_of[s.doc_id, s.span] for s in g) for g in known.required)
            gold = frozenset().union(*needs)
            helpful = {unit_of[s.doc_id, s.span] for s in known.helpful}
            measured.append(
                Measured(
                    known,
                    order,
                    features(signals, units, FEATURES if with_bank else WITHOUT_BANK),
                    np.array([unit in gold for unit in order]),
                    np.array([unit in helpful - gold for unit in order]),
                    needs,
                )
            )
        log.info("%s measured", file)
    return measured


def fit(questions: Sequence[Measured], names: Sequence[str]) -> Calibration:
    """Fit the regression on the units of some questions; merely helpful units are left out."""
    table = np.vstack([q.table[~q.helps] for q in questions])
    answers = np.concatenate([q.answers[~q.helps] for q in questions])
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((table - mean) / scale, answers)
    weights, bias = model.coef_[0], float(model.intercept_[0])
    return Calibration(tuple(names), mean, scale, weights, bias, Bars(0.5, 0.5, 0.0))


def figures(
    questions: Sequence[Measured], probabilities: Sequence[Table], bars: Bars
) -> dict[str, float]:
    """Return the shares that the judge reports, on the bank's own evidence."""
    rows: dict[str, list[bool]] = {
        name: [] for name in ("handled", "hit@1", "complete", "answered", "declined", "precision")
    }
    for question, p in zip(questions, probabilities, strict=True):
        scored = [Scored(u, float(x)) for u, x in zip(question.units, p, strict=True)]
        shown = [s.unit for s in choose(scored, bars)[0]]
        if question.known.kind in ANSWERABLE:
            complete = all(need & set(shown) for need in question.needs)
            gold = frozenset().union(*question.needs)
            fine = gold | {u for u, h in zip(question.units, question.helps, strict=True) if h}
            rows["handled"].append(bool(shown) and complete)
            rows["complete"].append(complete)
            rows["hit@1"].append(bool(shown) and shown[0] in gold)
            rows["answered"].append(bool(shown))
            rows["precision"] += [unit in fine for unit in shown]
        elif question.known.kind in UNANSWERABLE:
            rows["handled"].append(not shown)
            rows["declined"].append(not shown)
    return {name: float(np.mean(values)) for name, values in rows.items()}


def best_bars(questions: Sequence[Measured], probabilities: Sequence[Table]) -> Bars:
    """Return the bars with the best mean of handled, precision (half) and refusal (half)."""

    def worth(bars: Bars) -> float:
        f = figures(questions, probabilities, bars)
        refusal = (f["answered"] + f["declined"]) / 2
        return f["handled"] + 0.5 * f["precision"] + 0.5 * refusal

    return max(BARS, key=worth)


def fitted(
    questions: Sequence[Measured], files: Sequence[str], names: Sequence[str]
) -> tuple[dict[str, Any], dict[str, float]]:
    """Return the calibration fitted on everything and its figures on files kept out."""
    kept_out: list[tuple[Measured, Table]] = []
    for file in files:
        inside = [q for q in questions if q.known.origin != file]
        regression = fit(inside, names)
        outside = [q for q in questions if q.known.origin == file]
        kept_out += [(q, regression.probabilities(q.table)) for q in outside]
    blind, probabilities = [q for q, _ in kept_out], [p for _, p in kept_out]
    by_file: list[dict[str, float]] = []
    for file in files:
        others = [at for at, q in enumerate(blind) if q.known.origin != file]
        bars = best_bars([blind[at] for at in others], [probabilities[at] for at in others])
        own = [at for at, q in enumerate(blind) if q.known.origin == file]
        by_file.append(figures([blind[at] for at in own], [probabilities[at] for at in own], bars))
        log.info("%s: %s", file, {name: round(value, 3) for name, value in by_file[-1].items()})
    means = {name: float(np.mean([f[name] for f in by_file])) for name in by_file[0]}
    final = fit(questions, names)
    record = {
        "names": list(names),
        "mean": final.mean.tolist(),
        "scale": final.scale.tolist(),
        "weights": final.weights.tolist(),
        "bias": final.bias,
        "bars": asdict(best_bars(blind, probabilities)),
        "kept_out": {name: round(value, 4) for name, value in means.items()},
    }
    return record, means


def main() -> None:
    """Fit both calibrations, with a question bank and without, and write them."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("reader", type=Path, help="ONNX file")
    parser.add_argument("calibration", type=Path, help="JSON file to write")
    parser.add_argument("files", nargs="+", help="files of the bank, by name, without the ending")
    arguments = parser.parse_args()
    encoder = SentenceEncoder()
    retriever = load_retriever(arguments.index, encoder, corpus_hash(arguments.corpus))
    bank = read_bank(arguments.corpus / BANK, retriever.documents)
    reader = Reader(encoder, arguments.reader)
    record: dict[str, Any] = {"reader_sha256": reader.sha256}
    for key, with_bank in (("with_bank", True), ("without_bank", False)):
        names = FEATURES if with_bank else WITHOUT_BANK
        questions = measure(bank, arguments.files, retriever, reader, with_bank=with_bank)
        record[key], means = fitted(questions, arguments.files, names)
        log.info("%s: %s", key, {name: round(value, 3) for name, value in means.items()})
    arguments.calibration.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
