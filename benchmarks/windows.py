"""Compare how many windows are read for a question, on questions kept out of training.

    python -m benchmarks.windows LIBRARIES CORPUS INDEX

Without a bank: the questions of ``training/questions`` on what ``training.data.libraries`` wrote,
with indexes. With one: the ``calibration_*`` files of the corpus's bank, each beside the others.
First all windows are read, and for each library or file a regression is fitted on the others. Then
every effort reads until that regression is sure, and is judged by what it chose of what was read,
with the bars that are best for reading all. Where other windows are read with the sentences before
them, both are fitted again.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from answer.opening import open_index
from answer.weighing.calibration import Calibration
from answer.weighing.effort import EFFORT, Effort
from answer.weighing.reader import Reading
from answer.weighing.reader_input import Text
from answer.weighing.signals import signals
from bank.known import Bank, EmptyBank
from corpus.sources import read_corpus
from index.encoder import SentenceEncoder
from ingest.drafting.processor import cores
from training.calibrate import calibration_files
from training.data.questions import read_questions
from training.measure import Asked, Measured, Measurer, RememberingReader, of_bank, of_library
from training.regression import bar_free_figures, best_bars, blindly, figures, fit

AT_ONCE = (4, 6, 8, 10)
STEPS = ((2, 4, 6), (4, 6), (4, 8), (4, 10))
SURE = (0.8, 0.97)
WITH_CONTEXT = (0, 2, 10)
SHOWN = ("handled", "hit@1", "complete", "precision", "answered", "declined", "R@1", "AUROC")
log = logging.getLogger("benchmarks.windows")


class CountingReader(RememberingReader):
    """Also counts the windows asked for, read before or not."""

    n_asked = 0

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return a reading of each window, in order."""
        self.n_asked += len(texts)
        return super().read(question, texts)


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that are kept out of a fit together, and what they are asked of."""

    origin: str
    measurer: Measurer
    bank: Bank | EmptyBank
    asked: Sequence[Asked]

    def measured(
        self, effort: Effort = EFFORT, calibration: Calibration | None = None
    ) -> Iterator[Measured]:
        """Yield the questions with their candidates."""
        return self.measurer.measure(self.asked, self.bank, self.origin, calibration, effort)


def compare(parts: Sequence[Part], reader: CountingReader) -> None:
    """Measure every effort and print a line for each."""
    log.info("\n| windows | with context | sure | read | %s |", " | ".join(SHOWN))
    log.info("|%s", "---:|" * (4 + len(SHOWN)))
    efforts = [Effort((most,)) for most in AT_ONCE]
    efforts += [Effort(steps, sure) for steps, sure in product(STEPS, SURE)]
    for alike in (efforts, *([replace(EFFORT, with_context=n)] for n in WITH_CONTEXT)):
        for effort, row in _measured(parts, alike, reader):
            steps = ", ".join(map(str, effort.steps))
            log.info("| %s | %d | %g | %s |", steps, effort.with_context, effort.sure, row)


def _measured(
    parts: Sequence[Part], efforts: Sequence[Effort], reader: CountingReader
) -> Iterator[tuple[Effort, str]]:
    """Yield the figures of efforts, with what is fitted where all windows are read.

    Args:
        parts: what is asked.
        efforts: that read equally many windows with context.
        reader: that the parts have.

    """
    names = [signal.name for signal in signals(with_bank=bool(parts[0].bank.questions))]
    like_them = replace(EFFORT, with_context=efforts[0].with_context)
    whole = [one for part in parts for one in part.measured(like_them)]
    bars = best_bars(*blindly(whole, names))
    fitted = {
        part.origin: fit([one for one in whole if one.origin != part.origin], names)
        for part in parts
    }
    for effort in efforts:
        before, questions, probabilities = reader.n_asked, [], []
        for part in parts:
            calibration = fitted[part.origin]
            for one in part.measured(effort, calibration):
                questions.append(one)
                probabilities.append(calibration.probabilities(one.table))
        n_read = (reader.n_asked - before) / len(questions)
        found = figures(questions, probabilities, [bars] * len(questions))
        found |= bar_free_figures(questions, probabilities)
        yield effort, " | ".join([f"{n_read:.1f}", *(f"{found[name]:.3f}" for name in SHOWN)])


def libraries(folder: Path, encoder: SentenceEncoder, reader: CountingReader) -> Iterator[Part]:
    """Yield the libraries that were kept out of training."""
    questions = read_questions()
    for own in sorted(folder.iterdir()):
        retriever, bank = open_index(own / "index", read_corpus(own), encoder)
        asked = list(of_library(questions, retriever))
        yield Part(own.name, Measurer(retriever, reader, encoder), bank, asked)


def files(
    corpus: Path, index: Path, encoder: SentenceEncoder, reader: CountingReader
) -> Iterator[Part]:
    """Yield the calibration files of a corpus's bank, each beside the others."""
    retriever, bank = open_index(index, read_corpus(corpus), encoder)
    if isinstance(bank, EmptyBank):
        return
    measurer = Measurer(retriever, reader, encoder)
    for file in calibration_files(bank):
        asked = [of_bank(one) for one in bank.questions if one.origin == file]
        yield Part(file, measurer, bank.without(file), asked)


def main() -> None:
    """Compare without a bank, then with one."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("libraries", "corpus", "index"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    encoder = SentenceEncoder()
    reader = CountingReader(encoder, threads=cores())
    compare([*libraries(arguments.libraries, encoder, reader)], reader)
    compare([*files(arguments.corpus, arguments.index, encoder, reader)], reader)


if __name__ == "__main__":
    main()
