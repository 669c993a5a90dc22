"""Gather signals and evidence of the bank's questions that were kept out of training."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.asking.names import mine_names
from answer.asking.question import understand
from answer.asking.spelling import Speller
from answer.weighing.reader import Reader
from answer.weighing.signals import Table
from answer.weighing.weigher import Weigher
from bank.known import Bank, EmptyBank
from bank.questions import KnownQuestion
from index.encoder import SentenceEncoder
from index.retriever import Retriever
from ingest.units import Unit, units_of

log = logging.getLogger("training.measure")


@dataclass(frozen=True, slots=True)
class Measured:
    """A question, its candidate units, their signals, and which of them are right."""

    known: KnownQuestion
    units: tuple[Unit, ...]
    table: Table
    answers: NDArray[np.bool_]
    """Whether each unit is right to show."""
    helps: NDArray[np.bool_]
    needs: tuple[frozenset[Unit], ...]


def measure(
    bank: Bank,
    files: Sequence[str],
    retriever: Retriever,
    reader: Reader,
    encoder: SentenceEncoder,
    *,
    with_bank: bool,
) -> list[Measured]:
    """Gather the signals of every question of the files, each without its file in the bank."""
    documents = retriever.documents.values()
    speller, names = Speller(documents, encoder), mine_names(documents)
    units = units_of(retriever.sentences)
    unit_of = {(s.doc_id, s.span): u for s, u in zip(retriever.sentences, units, strict=True)}
    measured = []
    for file in files:
        others = bank.without(file) if with_bank else EmptyBank()
        weigher = Weigher(retriever, reader, others, names)
        for known in (k for k in bank.questions if k.origin == file):
            weighed = weigher.weigh(understand(known.question, known.history, speller.correct))
            needs = tuple(frozenset(unit_of[s.doc_id, s.span] for s in g) for g in known.required)
            gold = {unit_of[s.doc_id, s.span] for s in known.to_show}
            helpful = {unit_of[s.doc_id, s.span] for s in known.helpful}
            measured.append(
                Measured(
                    known,
                    weighed.units,
                    weighed.table,
                    np.array([unit in gold for unit in weighed.units]),
                    np.array([unit in helpful - gold for unit in weighed.units]),
                    needs,
                )
            )
        log.info("%s measured", file)
    return measured
