"""What a question from a shell waits for, step by step, in a process of its own.

    python -m benchmarks.encoder.start CORPUS INDEX QUESTION

Prints a JSON list of moments, in seconds of the machine's own clock: when this module began to run,
when everything was imported, when the library was open, and when the question was answered.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

STEPS = ("Python starts", "imports", "opening", "the question", "the end")
"""What lies between the start of a process, the moments that it prints, and its end."""


def main() -> None:
    """Answer one question and print the moments."""
    moments = [time.monotonic()]
    from answer.pipeline import load_answerer
    from ingest.drafting.processor import cores
    from ui.terminal import cli  # noqa: F401  # as the command does, with all that it imports

    moments.append(time.monotonic())
    corpus, index, question = sys.argv[1:]
    answerer = load_answerer(Path(corpus), Path(index), cores())
    moments.append(time.monotonic())
    answerer.answer(question)
    moments.append(time.monotonic())
    print(json.dumps(moments))


if __name__ == "__main__":
    main()
