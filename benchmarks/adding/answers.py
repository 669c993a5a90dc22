"""What an answer costs in a library that ``benchmarks.adding.opening`` has built.

    python -m benchmarks.adding.answers DIR

Prints as JSON the processor time of an answer, from the question to its quotes, the pass of the
encoder left out: its vectors are the stand-in's, and everything else is as it always is.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from unittest import mock

from answer import pipeline
from benchmarks.adding.opening import Digests, questions
from index.encoder import SentenceEncoder, Tokens
from ui.process import uncollected

ASKED, UNTIMED = 60, 10


class Tokenising(Digests):
    """The stand-in with the real tokens, which the reader needs."""

    def __init__(self) -> None:
        self._real = SentenceEncoder()

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of the real encoder."""
        return self._real.tokens(text)


def main() -> None:
    """Ask, and print the middle and the 95th percentile."""
    folder = Path(sys.argv[1])
    opening = mock.patch.object(pipeline, "open_encoder", return_value=Tokenising())
    with opening, uncollected():  # as ``quotewell`` loads it
        answerer = pipeline.load_answerer(folder / "corpus", folder / "index")
    took = []
    for words in questions(answerer.retriever)[: UNTIMED + ASKED]:
        began = time.process_time()
        answerer.answer(f"What is known about {words}?")
        took.append(1000 * (time.process_time() - began))
    times = sorted(took[UNTIMED:])
    found = {"answer p50": times[len(times) // 2], "answer p95": times[len(times) * 95 // 100]}
    print(json.dumps({name: (value, "ms") for name, value in found.items()}))


if __name__ == "__main__":
    main()
