"""Weigh the candidates for a query: search, read the best windows, gather each unit's signals."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from answer.asking.names import Names
from answer.asking.question import Query
from answer.weighing.calibration import Calibration
from answer.weighing.columns import Column, Read, Words, of_reader, of_shape
from answer.weighing.effort import Effort, effort_beside
from answer.weighing.fragments import asks_for_by_line
from answer.weighing.held import Holdings
from answer.weighing.reader import Reader
from answer.weighing.reader_input import conversation
from answer.weighing.signals import Columns, Table, signals, table
from bank.known import Bank, EmptyBank, Near
from index.encoder import Vectors
from index.fusion import reciprocal_rank_fusion
from index.hits import Rows, Scores
from index.retriever import DAMPING, Retriever
from index.tokens import tokenize
from ingest.units import Unit


@dataclass(frozen=True, slots=True)
class Weighed:
    """The candidates for a question and what is known about each."""

    units: tuple[Unit, ...]
    """In the order in which they appear in the documents."""
    table: Table
    """Shape ``(n_units, n_signals)``: the columns are those of ``Weigher.signals``."""
    rows: Rows
    """The positions in ``Retriever.sentences`` of the sentences that were read, ascending."""
    words: Mapping[int, Words]
    """By row: the words that answer."""
    vector: Vectors
    """The query's, shape ``(d,)``."""


@dataclass(frozen=True, slots=True)
class _Search:
    """What was found for a question before anything is read."""

    query: Query
    vector: Vectors
    near: Near
    by_index: Sequence[int]
    """Passages, by row, as the index ranks them."""
    windows: Sequence[int]
    """Passages whose windows may be read, the best first."""


class Weigher:
    """Gathers the signals of the candidate units for a question.

    Args:
        retriever: finds the windows.
        reader: reads them.
        bank: what is known of the corpus.
        names: other names of things.
        calibration: by which it is known when enough is read; None to read all windows, for a fit.
        effort: how much is read; by default what suits the bank.

    """

    def __init__(
        self,
        retriever: Retriever,
        reader: Reader,
        bank: Bank | EmptyBank,
        names: Names,
        calibration: Calibration | None = None,
        effort: Effort | None = None,
    ) -> None:
        self._retriever, self._reader = retriever, reader
        self._calibration, self._effort = calibration, effort or effort_beside(bank.density)
        self._bank, self._names = bank, names
        self.signals = signals(with_bank=bool(bank.questions))
        """The columns of ``Weighed.table``."""
        self._holdings = Holdings(retriever, reader)

    def weigh(self, query: Query, documents: Collection[str] | None = None) -> Weighed:
        """Search, read the best windows, and gather the signals of every unit in them.

        Args:
            query: what is searched for.
            documents: search these doc_ids only; all if None.

        """
        vector = self._retriever.encoder.encode([query.text])[0]
        near = self._bank.near(vector)
        by_bank = [self._rank(near.rows, evidence, documents) for evidence in near.rankings]
        by_index = self._search(query, vector, documents)
        fused = reciprocal_rank_fusion([by_index, *by_bank], rrf_k=DAMPING)
        windows = [row for row, _ in fused[: self._effort.most]]
        search, read = _Search(query, vector, near, by_index, windows), Read()
        for start, end in pairwise((0, *self._steps)):
            self._read(search, range(len(search.windows))[start:end], read)
            weighed = self._weighed(search, read)
            if self._is_enough(weighed):
                break
        return weighed

    @property
    def _steps(self) -> tuple[int, ...]:
        return (self._effort.most,) if self._calibration is None else self._effort.steps

    def _is_enough(self, weighed: Weighed) -> bool:
        if self._calibration is None or not len(weighed.units):
            return False
        likeliest = self._calibration.probabilities(weighed.table).max()
        return bool(likeliest >= self._effort.sure)

    def _weighed(self, search: _Search, read: Read) -> Weighed:
        """Gather the signals of the units that were read and can be an answer."""
        query, vector = search.query, search.vector
        rows = self._answering(query, read)
        if not len(rows):
            return Weighed((), np.zeros((0, len(self.signals))), rows, {}, vector)
        columns: dict[str, Column] = {
            **of_reader(read, rows),
            **self._of_words(query, rows),
            **self._of_search(search.by_index, rows),
            **self._of_meaning(vector, search.windows, rows),
            **of_shape([self._holdings.sentence(row).sentence for row in rows.tolist()]),
            **search.near.columns(rows),
        }
        units, best = self._of_units(rows, columns)
        return Weighed(units, table(best, self.signals), rows, read.words, vector)

    def _search(
        self, query: Query, vector: Vectors, documents: Collection[str] | None
    ) -> list[int]:
        """Rank the passages by meaning and words, also searching for other names of the things.

        Rows of tables that nobody asked for take no place of prose.
        """
        with_names = " ".join([query.text, *self._names.others(query.text)])
        hits = self._retriever.search(with_names, 2 * self._effort.most, documents, vector=vector)
        asked = set(tokenize(query.text))
        found = (row for hit in hits if self._may_answer(row := hit.row, asked))
        return [*islice(found, self._effort.most)]

    def _may_answer(self, passage: int, asked: Collection[str]) -> bool:
        """Whether a passage has more than rows that a question does not ask for."""
        rows = self._retriever.sentences_of(passage)
        named = (self._holdings.sentence(row).named for row in rows)
        return any(one is None or one.is_asked(asked) for one in named)

    def _rank(self, rows: Rows, evidence: Scores, documents: Collection[str] | None) -> list[int]:
        """Rank the passages by the best of their sentences, up to twice as many as are read."""
        holding = self._retriever.passages_at(rows)
        passages, first = np.unique(holding, return_index=True)
        best = np.maximum.reduceat(evidence, first)
        return [
            int(passages[at])
            for at in np.argsort(-best, kind="stable")[: 2 * self._effort.most]
            if best[at] > 0
            and (documents is None or self._retriever.doc_id_of(int(passages[at])) in documents)
        ]

    def _read(self, search: _Search, some: range, read: Read) -> None:
        context = self._effort.with_context
        held = [self._holdings.window(search.windows[n], with_context=n < context) for n in some]
        asked = conversation(search.query.turns)
        readings = self._reader.read(asked, [text for text, _ in held])
        for (_, rows), reading in zip(held, readings, strict=True):
            for at, row in enumerate(rows):
                score = float(reading.sentences[at])
                if math.isfinite(score):
                    read.add(row, score, score - reading.none, reading.words[at])

    def _answering(self, query: Query, read: Read) -> Rows:
        """Return the rows that were read and can be an answer by themselves, ascending."""
        asked, by_line = set(tokenize(query.text)), asks_for_by_line(query.asked)

        def can_answer(row: int) -> bool:
            held = self._holdings.sentence(row)
            if held.is_fragment or (held.is_by_line and not by_line):
                return False
            return held.named is None or held.named.is_asked(asked)

        return np.array([row for row in sorted(read.logits) if can_answer(row)], dtype=np.int64)

    def _of_words(self, query: Query, rows: Rows) -> Mapping[str, Column]:
        rarity = {token: self._holdings.rarity(token) for token in set(tokenize(query.text))}
        held = [self._holdings.sentence(row).tokens for row in rows.tolist()]
        coverage = np.array([_coverage(rarity, tokens) for tokens in held])
        return {
            "coverage": coverage,
            "best_coverage": np.full(len(rows), coverage.max(initial=0.0)),
        }

    def _of_search(self, by_index: Sequence[int], rows: Rows) -> Mapping[str, Column]:
        fused = dict(reciprocal_rank_fusion([by_index]))
        passages = map(self._retriever.passage_of, rows.tolist())
        return {"fused": np.array([fused.get(passage, 0.0) for passage in passages])}

    def _of_meaning(
        self, vector: Vectors, windows: Sequence[int], rows: Rows
    ) -> Mapping[str, Column]:
        """Return, for each row, how near its passage and its document are.

        A document is as near as the nearest of its windows.
        """
        own = [self._retriever.passage_of(row) for row in rows.tolist()]
        cosines = self._retriever.cosines(vector, {*windows, *own})
        nearest: dict[str, float] = {}
        for window in windows:
            doc_id = self._retriever.doc_id_of(window)
            nearest[doc_id] = max(cosines[window], nearest.get(doc_id, cosines[window]))
        least = min(nearest.values())  # for context of a document that has no window of its own
        doc_ids = map(self._holdings.doc_id, rows.tolist())
        document = np.array([nearest.get(doc_id, least) for doc_id in doc_ids])
        return {
            "passage": np.array([cosines[passage] for passage in own]),
            "document": document,
            "behind_document": document - max(nearest.values()),
        }

    def _of_units(
        self, rows: Rows, columns: Mapping[str, Column]
    ) -> tuple[tuple[Unit, ...], Columns]:
        """Return the units of the rows and, for each unit, the best value of each column."""
        of_rows = [self._holdings.sentence(row).unit for row in rows.tolist()]
        units = tuple(dict.fromkeys(of_rows))
        place = {unit: at for at, unit in enumerate(units)}
        at = [place[unit] for unit in of_rows]
        best = {}
        for name, values in columns.items():
            best[name] = np.full(len(units), -np.inf)
            np.maximum.at(best[name], at, values)
        return units, best


def _coverage(rarity: Mapping[str, float], tokens: Collection[str]) -> float:
    """Return the share of the question's tokens that a sentence has, weighted by rarity."""
    total = sum(rarity.values())
    held = sum(weight for token, weight in rarity.items() if token in tokens)
    return held / total if total else 0.0
