"""Sort a trained reader's mistakes to the front: which questions and windows it still gets wrong.

    python -m training.data.harder EXAMPLES.jsonl READER.onnx OUT.jsonl

The windows of a question that do not answer it are written in the order in which they mislead the
reader, the worst first, so that these are drawn most often. A question's origin becomes ``hard`` if
a wrong sentence comes close to the right ones or beats them, else ``easy``.
"""

from __future__ import annotations

import argparse
import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path

from answer.weighing.reader import Reader
from index.encoder import SentenceEncoder
from training.batches import group_examples
from training.data.examples import Example, read_examples, write_examples

MARGIN = 1.5
"""In logits: how far ahead the right sentence must be for a question to be easy. Chosen by hand."""
NOTHING = 0.0
"""The logit of "no answer" (``training/losses.py``)."""
NONE = float("-inf")

Read = Callable[[Example], Sequence[float]]
"""Gives every sentence of a window a logit."""
log = logging.getLogger("training.data.harder")


def by_mistakes(group: Sequence[Example], read: Read) -> list[Example]:
    """Return the windows of one question: those that answer, then the worst near misses first."""
    right, wrong = NONE, NONE
    positives: list[Example] = []
    negatives: list[tuple[float, Example]] = []
    for example in group:
        scores = read(example)
        misleads = _best(scores, example, 0)
        right, wrong = max(right, _best(scores, example, 1)), max(wrong, misleads)
        if example.is_positive:
            positives.append(example)
        else:
            negatives.append((misleads, example))
    rival = max(wrong, NOTHING) if positives else wrong
    origin = "hard" if rival > (right if positives else NOTHING) - MARGIN else "easy"
    worst_first = [example for _, example in sorted(negatives, key=lambda pair: -pair[0])]
    return [replace(example, origin=origin) for example in (*positives, *worst_first)]


def _best(scores: Sequence[float], example: Example, label: int) -> float:
    """Return the highest logit of the sentences with a label."""
    return max(compress(scores, (given == label for given in example.labels)), default=NONE)


def main() -> None:
    """Write the examples again, in the reader's order."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples", type=Path)
    parser.add_argument("reader", type=Path, help="a file that training.quantize wrote")
    parser.add_argument("out", type=Path, help="JSON Lines file to write")
    arguments = parser.parse_args()
    reader = Reader(SentenceEncoder(), arguments.reader, os.cpu_count() or 1)

    def read(example: Example) -> Sequence[float]:
        texts = [reader.text(example.headings, example.sentences)]
        scores: list[float] = reader.read(example.question, texts)[0].sentences.tolist()
        return scores

    groups = group_examples(read_examples(arguments.examples))
    sorted_groups = (by_mistakes(group, read) for group in groups)
    count = write_examples(arguments.out, (e for group in sorted_groups for e in group))
    log.info("%d questions, %d windows written", len(groups), count)


if __name__ == "__main__":
    main()
