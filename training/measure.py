"""Gather signals and evidence of questions that were kept out of training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.asking.names import Names
from answer.asking.question import understand
from answer.asking.spelling import Speller
from answer.mining.mined import mine
from answer.weighing.calibration import Calibration
from answer.weighing.effort import Effort
from answer.weighing.reader import MODEL, Reader, Reading
from answer.weighing.reader_input import Text
from answer.weighing.signals import Table
from answer.weighing.weigher import Weigher
from bank.known import Bank, EmptyBank
from bank.questions import SHOWN_ANYWAY, Kind, KnownQuestion
from index.encoder import SentenceEncoder, Tokenizer
from index.retriever import Retriever
from ingest.document import Sentence
from ingest.units import Unit, units_of
from training.data.questions import Question, sentences_with


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the sentences that are right to show for it."""

    question: str
    history: tuple[str, ...]
    kind: Kind
    required: tuple[frozenset[Sentence], ...]
    """Every group is needed; one sentence of a group is enough."""
    to_show: frozenset[Sentence]
    """Right to show."""
    helpful: frozenset[Sentence]
    """Neither right nor wrong."""


@dataclass(frozen=True)
class Measured:
    """A question, its candidate units, their signals, and which of them are right."""

    kind: Kind
    origin: str
    """Questions of one origin are kept out of a fit together."""
    units: tuple[Unit, ...]
    table: Table
    answers: NDArray[np.bool_]
    """Whether each unit is right to show."""
    helps: NDArray[np.bool_]
    needs: tuple[frozenset[Unit], ...]
    weight: float = 1.0
    """How much it counts in a fit."""

    @cached_property
    def right(self) -> frozenset[Unit]:
        """The units that are right to show."""
        return frozenset(compress(self.units, self.answers))

    @cached_property
    def fine(self) -> frozenset[Unit]:
        """The same and those that are neither right nor wrong."""
        return frozenset(compress(self.units, self.answers | self.helps))


class Measurer:
    """Gathers the signals of questions on one library.

    Args:
        retriever: of the library.
        reader: the reader that is calibrated.
        encoder: of both.

    """

    def __init__(self, retriever: Retriever, reader: Reader, encoder: SentenceEncoder) -> None:
        self._retriever, self._reader = retriever, reader
        mined = mine(retriever.documents.values())
        self._names, self._correct = Names(mined), Speller(mined, encoder).correct
        units = units_of(retriever.sentences)
        self._unit_of = dict(zip(retriever.sentences, units, strict=True))

    def measure(
        self,
        questions: Sequence[Asked],
        bank: Bank | EmptyBank,
        origin: str,
        calibration: Calibration | None = None,
        effort: Effort | None = None,
    ) -> Iterator[Measured]:
        """Yield each question with its candidates.

        Args:
            questions: what is asked.
            bank: without these questions.
            origin: of the questions.
            calibration: by which reading ends; None to read all windows.
            effort: how much is read; by default what suits the bank.

        """
        made = (self._retriever, self._reader, bank, self._names, calibration, effort)
        weigher = Weigher(*made)
        for asked in questions:
            weighed = weigher.weigh(understand(asked.question, asked.history, self._correct))
            gold, helpful = self._units(asked.to_show), self._units(asked.helpful)
            yield Measured(
                asked.kind,
                origin,
                weighed.units,
                weighed.table,
                np.array([unit in gold for unit in weighed.units], dtype=bool),
                np.array([unit in helpful - gold for unit in weighed.units], dtype=bool),
                tuple(self._units(group) for group in asked.required),
            )

    def _units(self, sentences: frozenset[Sentence]) -> frozenset[Unit]:
        return frozenset(self._unit_of[s] for s in sentences if s in self._unit_of)


class RememberingReader(Reader):
    """Reads a window once per question: banks choose the windows, and change no reading."""

    def __init__(self, tokenizer: Tokenizer, path: Path = MODEL, threads: int = 1) -> None:
        super().__init__(tokenizer, path, threads)
        self._readings: dict[tuple[str, Text], Reading] = {}

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return a reading of each window, in order."""
        new = [text for text in texts if (question, text) not in self._readings]
        for text, reading in zip(new, super().read(question, new), strict=True):
            self._readings[question, text] = reading
        return [self._readings[question, text] for text in texts]


def of_bank(known: KnownQuestion) -> Asked:
    """Return a question of a bank."""
    return Asked(
        known.question,
        known.history,
        known.kind,
        tuple(frozenset(group) for group in known.required),
        frozenset(known.to_show),
        frozenset(known.helpful) if known.kind not in SHOWN_ANYWAY else frozenset(),
    )


def of_library(questions: Sequence[Question], retriever: Retriever) -> Iterator[Asked]:
    """Yield the training questions on the documents of a library alone."""
    documents = retriever.documents
    for question in questions:
        if set(question.documents) <= documents.keys():
            yield Asked(
                question.question,
                question.history,
                question.kind,
                tuple(frozenset(sentences_with(g, documents)) for g in question.required),
                frozenset(sentences_with(question.evidence, documents)),
                frozenset(),
            )
