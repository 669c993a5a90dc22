"""Measure one question at a time in a process that is warm, and what it is made of.

    python -m benchmarks.encoder.warm [--questions 200] [--rounds 5] [--corpus DIR] [--index DIR]
                                    [--json FILE]

Asks different questions of the bank, each once in a round. Right after an answer, the windows that
were read for it are read again and its text is encoded again, with nothing around: both meet the
same load of the machine, and the whole over these bare passes says what the rest costs. A round is
a process of its own, so that it keeps nothing of another, and the median of a question's rounds
counts: what else the machine does delays one, rarely most. ``stages.py`` says what the stages are.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, median, quantiles
from unittest import mock

from answer import pipeline
from answer.pipeline import Answerer
from answer.weighing.reader import Reader, Reading
from answer.weighing.reader_input import Text, question_ids, reader_input
from benchmarks import figures
from benchmarks.encoder.stages import STAGES, watched
from benchmarks.encoder.work import flop
from benchmarks.served import questions
from index.encoder import Tokenizer
from ingest.drafting.processor import cores
from ui.settings import Places

UNTIMED = 10
"""Questions asked before the first that counts."""


@dataclass(slots=True)
class Times:
    """Milliseconds of every question."""

    whole: list[float] = field(default_factory=list)
    reading: list[float] = field(default_factory=list)
    encoding: list[float] = field(default_factory=list)
    windows: list[int] = field(default_factory=list)
    reader_gflop: list[float] = field(default_factory=list)
    """Operations of the passes, in billions."""
    encoder_gflop: list[float] = field(default_factory=list)
    stages: list[dict[str, float]] = field(default_factory=list)


def main() -> int:
    """Measure, and print one figure per line."""
    parser = argparse.ArgumentParser(description="Measure one warm question.")
    parser.add_argument("--questions", type=int, default=200, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--index", type=Path, metavar="DIR")
    figures.add_option(parser)
    arguments = parser.parse_args()
    places = Places.of(arguments.corpus, arguments.index)
    asked = questions(places.corpus, UNTIMED + arguments.questions)
    times = typical(list(rounds(places, asked, arguments.rounds)))
    bare = [a + b for a, b in zip(times.reading, times.encoding, strict=True)]
    found: dict[str, float] = {}
    for name, values in (
        ("whole answer", times.whole),
        ("bare passes of the reader", times.reading),
        ("bare pass of the encoder", times.encoding),
        *((stage, [one[stage] for one in times.stages]) for stage in STAGES),
    ):
        middle, most = median(values), quantiles(values, n=20)[-1]
        print(f"{name:28} p50 {middle:7.1f} ms   p95 {most:7.1f} ms")
        found |= {f"{name}.p50_ms": middle, f"{name}.p95_ms": most}
    ratios = [whole / passes for whole, passes in zip(times.whole, bare, strict=True)]
    print(f"{'windows read':28} mean {mean(times.windows):5.1f}, at most {max(times.windows)}")
    print(f"{'whole over bare passes':28} median {median(ratios):.2f}")
    reader, encoder = median(times.reader_gflop), median(times.encoder_gflop)
    print(f"{'operations, in billions':28} reader {reader:.2f}, encoder {encoder:.2f}, medians")
    found |= {"windows.mean": mean(times.windows), "over bare passes": median(ratios)}
    figures.write(arguments.json, {**found, "reader.gflop": reader, "encoder.gflop": encoder})
    return 0


class NotingReader(Reader):
    """Notes what it reads, to read it again."""

    noted: list[tuple[str, Sequence[Text]]]

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return a reading of each window, in order."""
        self.noted.append((question, texts))
        return super().read(question, texts)

    def gflop(self) -> float:
        """Return the operations to read what was noted, in billions."""
        given = (
            reader_input(question_ids(self._tokenizer, question), text)
            for question, texts in self.noted
            for text in texts
        )
        return sum(flop(len(one.ids)) for one in given) / 1e9

    def read_again(self) -> None:
        """Read what was noted, with nothing around."""
        for question, texts in self.noted:
            super().read(question, texts)


def noting(places: Places, threads: int = 1) -> tuple[Answerer, NotingReader]:
    """Load what answers, with a reader that notes what it reads."""
    made: list[NotingReader] = []

    def make(encoder: Tokenizer, threads: int) -> NotingReader:
        made.append(NotingReader(encoder, threads=threads))
        made[0].noted = []
        return made[0]

    with mock.patch.object(pipeline, "Reader", make):
        return pipeline.load_answerer(places.corpus, places.index, threads), made[0]


def rounds(places: Places, asked: Sequence[str], n: int) -> Iterable[Times]:
    """Measure as often as that, in a new process each time."""
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        yield from pool.map(measured, [places] * n, [asked] * n)


def typical(found: Sequence[Times]) -> Times:
    """Return the medians of each question's rounds; what was read is the same in all."""
    stages = zip(*(one.stages for one in found), strict=True)
    return Times(
        whole=_medians(one.whole for one in found),
        reading=_medians(one.reading for one in found),
        encoding=_medians(one.encoding for one in found),
        windows=found[0].windows,
        reader_gflop=found[0].reader_gflop,
        encoder_gflop=found[0].encoder_gflop,
        stages=[{stage: median(one[stage] for one in same) for stage in STAGES} for same in stages],
    )


def _medians(rows: Iterable[list[float]]) -> list[float]:
    return [median(values) for values in zip(*rows, strict=True)]


def measured(places: Places, asked: Sequence[str]) -> Times:
    """Ask questions one after another, and repeat the bare passes of each."""
    answerer, reader = noting(places, cores())
    encoder, times = answerer.retriever.encoder, Times()
    for number, question in enumerate(asked):
        reader.noted.clear()
        with watched() as clock:
            whole = milliseconds(partial(answerer.answer, question))
            stages = clock.end()
        if number < UNTIMED or not reader.noted:  # a notice alone needs no model
            continue
        times.whole.append(whole)
        times.stages.append(stages)
        times.windows.append(sum(len(texts) for _, texts in reader.noted))
        times.reading.append(milliseconds(reader.read_again))
        times.encoding.append(milliseconds(partial(encoder.encode, [question])))
        times.reader_gflop.append(reader.gflop())
        times.encoder_gflop.append(flop(encoder.count_tokens(question)) / 1e9)
    return times


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long something took."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    sys.exit(main())
