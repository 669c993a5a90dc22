"""Compare passes of the reader with those of the file that ``training.export.optimize`` took.

    python -m benchmarks.encoder.optimized [--questions 60] [--corpus DIR] [--index DIR]

The windows are those that questions of the bank have read. Both files read each of them in turn, in
one thread: a load of the machine meets both.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from answer.weighing.reader import MODEL, WEIGHTS, Reader, Reading
from benchmarks.encoder.warm import milliseconds, noting
from benchmarks.served import questions
from index.encoder import Tokenizer, open_encoder
from index.encoding.sessions import Model
from training.export.optimize import MASK
from ui.settings import Places


class Masked(Model):
    """The file before, which takes a mask."""

    def run(
        self, outputs: Sequence[str], given: Mapping[str, NDArray[np.int64]]
    ) -> list[NDArray[Any]]:
        """Return the named outputs; nothing is masked."""
        return super().run(outputs, {**given, MASK: np.ones_like(given["input_ids"])})


class Before(Reader):
    """The reader with the file before."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__(tokenizer)
        self._model = Masked(MODEL.with_name(WEIGHTS).read_bytes())


def main() -> int:
    """Compare, and print what is the same and what differs."""
    parser = argparse.ArgumentParser(description="Compare the reader with what it was made of.")
    parser.add_argument("--questions", type=int, default=60, metavar="N")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    places = Places.of(arguments.corpus, arguments.index)
    answerer, noted = noting(places)
    for question in questions(places.corpus, arguments.questions):
        answerer.answer(question)
    encoder = open_encoder(places.index)
    now, before = Reader(encoder), Before(encoder)
    ratios, pairs = [], []
    for question, texts in noted.noted:
        for text in texts:
            times = [milliseconds(partial(one.read, question, [text])) for one in (now, before)]
            ratios.append(times[0] / times[1])
            pairs.append([one.read(question, [text])[0] for one in (now, before)])
    print(f"{len(pairs)} windows; time over that before: median {median(ratios):.3f}")
    print_differences(pairs)
    return 0


def print_differences(pairs: Sequence[Sequence[Reading]]) -> None:
    """Print how far the scores are from those before."""
    both = [(now.sentences, before.sentences) for now, before in pairs]
    read = [np.isfinite(now) for now, _ in both]
    apart = np.concatenate([abs(a[at] - b[at]) for (a, b), at in zip(both, read, strict=True)])
    other = apart[apart > 0]
    best = sum(now.argmax() == before.argmax() for now, before in both)
    print(f"{len(apart)} scores: {np.mean(apart == 0):.3f} the same; the others differ by")
    print(
        f"{np.median(other):.3f} (median), {np.quantile(other, 0.95):.3f} (95 of 100) of a logit,"
    )
    print(f"{other.max():.3f} at most; the best sentence is the same in {best} windows")


if __name__ == "__main__":
    sys.exit(main())
