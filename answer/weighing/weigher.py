"""Weigh the candidates for a query: search, read the best windows, gather each unit's signals."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from answer.asking.names import Names
from answer.asking.question import Query
from answer.weighing.columns import Column, Read, Words, of_reader, of_shape, rarity
from answer.weighing.fragments import asks_for_by_line, is_by_line, is_fragment
from answer.weighing.reader import Reader
from answer.weighing.reader_input import conversation
from answer.weighing.rows import names_of_rows
from answer.weighing.signals import Columns, Table, signals, table
from answer.weighing.windows import headings_read, said_in, window_of
from bank.known import Bank, EmptyBank
from index.encoder import Vectors
from index.fusion import reciprocal_rank_fusion
from index.hits import Rows, Scores
from index.retriever import DAMPING, Retriever
from index.texts import sentence_text
from index.tokens import tokenize
from ingest.document import Sentence
from ingest.units import Unit, units_of


@dataclass(frozen=True, slots=True)
class Effort:
    """How many windows are read for a question."""

    most: int = 12
    first: int = 5
    """Read first, which for some questions are enough."""
    sure: float = 2.0
    """Logit of the best sentence of the first windows from which no more are read; at a logit of 0
    it is as likely an answer as not."""


EFFORT = Effort()
"""Chosen with ``python -m benchmarks.windows`` on documents kept out of training."""


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


class Weigher:
    """Gathers the signals of the candidate units for a question."""

    def __init__(
        self,
        retriever: Retriever,
        reader: Reader,
        bank: Bank | EmptyBank,
        names: Names,
        effort: Effort = EFFORT,
    ) -> None:
        self._retriever, self._reader, self._effort = retriever, reader, effort
        self._bank, self._names = bank, names
        self.signals = signals(with_bank=bool(bank.questions))
        """The columns of ``Weighed.table``."""
        windows = [window_of(p, retriever.documents) for p in retriever.passages]
        place = {(s.doc_id, s.span): row for row, s in enumerate(retriever.sentences)}
        self._window_rows = [[place[s.doc_id, s.span] for s in w.sentences] for w in windows]
        documents = retriever.documents
        self._texts = [
            reader.text(headings_read(w, documents), said_in(w, documents)) for w in windows
        ]
        self._passage_row = {p.passage_id: row for row, p in enumerate(retriever.passages)}
        self._first_row = np.cumsum([0, *(len(p.sentences) for p in retriever.passages)])
        self._units = units_of(retriever.sentences)
        self._tokens = [
            frozenset(tokenize(sentence_text(retriever.documents[s.doc_id], s)))
            for s in retriever.sentences
        ]
        self._rarity = rarity(self._tokens)
        self._shape = of_shape(retriever.sentences)
        self._is_fragment = np.array(
            [is_fragment(s) and u.span == s.span for s, u in self._sentences_and_units()]
        )
        self._named = names_of_rows(retriever.sentences, documents)
        self._is_by_line = np.array([is_by_line(sentence) for sentence in retriever.sentences])

    def weigh(self, query: Query, documents: Collection[str] | None = None) -> Weighed:
        """Search, read the best windows, and gather the signals of every unit in them.

        Args:
            query: what is searched for.
            documents: search these doc_ids only; all if None.

        """
        vector = self._retriever.encoder.encode([query.text])[0]
        near = self._bank.near(vector)
        by_bank = [self._rank(evidence, documents) for evidence in near.rankings]
        by_index = self._search(query, vector, documents)
        fused = reciprocal_rank_fusion([by_index, *by_bank], rrf_k=DAMPING)[: self._effort.most]
        read = self._read_best(conversation(query.turns), [row for row, _ in fused])
        rows = self._answering(query, read)
        if not len(rows):
            return Weighed((), np.zeros((0, len(self.signals))), rows, {}, vector)
        columns: dict[str, Column] = {
            **of_reader(read, rows),
            **self._of_words(query, rows),
            **self._of_search(by_index, rows),
            **self._of_meaning(vector, [row for row, _ in fused], rows),
            **{name: values[rows] for name, values in self._shape.items()},
            **{name: values[rows] for name, values in near.columns.items()},
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
        found = (self._passage_row[hit.passage.passage_id] for hit in hits)
        return [row for row in found if self._may_answer(row, asked)][: self._effort.most]

    def _may_answer(self, passage: int, asked: Collection[str]) -> bool:
        """Whether a passage has more than rows that a question does not ask for."""
        held = range(self._first_row[passage], self._first_row[passage + 1])
        return any(at not in self._named or self._named[at].is_asked(asked) for at in held)

    def _rank(self, evidence: Scores, documents: Collection[str] | None) -> list[int]:
        """Rank the passages by the best of their sentences, up to twice as many as are read."""
        best = np.maximum.reduceat(evidence, self._first_row[:-1])
        passages = self._retriever.passages
        return [
            int(row)
            for row in np.argsort(-best, kind="stable")[: 2 * self._effort.most]
            if best[row] > 0 and (documents is None or passages[row].doc_id in documents)
        ]

    def _read_best(self, question: str, windows: Sequence[int]) -> Read:
        """Read the first windows and, unless one surely answers, the others."""
        read = Read()
        self._read(question, windows[: self._effort.first], read)
        if read.best_logit < self._effort.sure:
            self._read(question, windows[self._effort.first :], read)
        return read

    def _read(self, question: str, windows: Sequence[int], read: Read) -> None:
        readings = self._reader.read(question, [self._texts[w] for w in windows])
        for window, reading in zip(windows, readings, strict=True):
            for at, row in enumerate(self._window_rows[window]):
                score = float(reading.sentences[at])
                if math.isfinite(score):
                    read.logits.setdefault(row, []).append(score)
                    read.over_none.setdefault(row, []).append(score - reading.none)
                    read.words[row] = reading.words[at]

    def _answering(self, query: Query, read: Read) -> Rows:
        """Return the rows that were read and can be an answer by themselves, ascending."""
        rows = np.array(sorted(read.logits), dtype=np.int64)
        left_out = self._is_fragment[rows]
        if not asks_for_by_line(query.asked):
            left_out = left_out | self._is_by_line[rows]
        asked = set(tokenize(query.text))
        named = [self._named.get(row) for row in rows.tolist()]
        unasked = [one is not None and not one.is_asked(asked) for one in named]
        left_out = left_out | np.array(unasked, dtype=bool)
        return np.asarray(rows[~left_out])

    def _sentences_and_units(self) -> Iterator[tuple[Sentence, Unit]]:
        return zip(self._retriever.sentences, self._units, strict=True)

    def _of_words(self, query: Query, rows: Rows) -> Mapping[str, Column]:
        asked = set(tokenize(query.text))
        coverage = np.array([self._coverage(asked, self._tokens[row]) for row in rows])
        return {
            "coverage": coverage,
            "best_coverage": np.full(len(rows), coverage.max(initial=0.0)),
        }

    def _of_search(self, by_index: Sequence[int], rows: Rows) -> Mapping[str, Column]:
        fused = dict(reciprocal_rank_fusion([by_index]))
        return {"fused": np.array([fused.get(own, 0.0) for own in self._passages_of(rows)])}

    def _of_meaning(
        self, vector: Vectors, windows: Sequence[int], rows: Rows
    ) -> Mapping[str, Column]:
        """Return, for each row, how near its passage and its document are.

        A document is as near as the nearest of its windows.
        """
        own = self._passages_of(rows)
        cosines = self._retriever.cosines(vector, {*windows, *own})
        nearest: dict[str, float] = {}
        for window in windows:
            doc_id = self._retriever.passages[window].doc_id
            nearest[doc_id] = max(cosines[window], nearest.get(doc_id, cosines[window]))
        least = min(nearest.values())  # for context of a document that has no window of its own
        document = np.array(
            [nearest.get(self._retriever.sentences[row].doc_id, least) for row in rows]
        )
        return {
            "passage": np.array([cosines[passage] for passage in own]),
            "document": document,
            "behind_document": document - max(nearest.values()),
        }

    def _passages_of(self, rows: Rows) -> list[int]:
        passages = np.searchsorted(self._first_row, rows, side="right") - 1
        return [int(passage) for passage in passages]

    def _of_units(
        self, rows: Rows, columns: Mapping[str, Column]
    ) -> tuple[tuple[Unit, ...], Columns]:
        """Return the units of the rows and, for each unit, the best value of each column."""
        units = tuple(dict.fromkeys(self._units[row] for row in rows))
        place = {unit: at for at, unit in enumerate(units)}
        at = [place[self._units[row]] for row in rows]
        best = {}
        for name, values in columns.items():
            best[name] = np.full(len(units), -np.inf)
            np.maximum.at(best[name], at, values)
        return units, best

    def _coverage(self, asked: set[str], tokens: Collection[str]) -> float:
        """Return the share of the question's tokens that a sentence has, weighted by rarity."""
        unseen = math.log(len(self._tokens) + 1)
        total = sum(self._rarity.get(token, unseen) for token in asked)
        held = sum(self._rarity[token] for token in asked if token in tokens)
        return held / total if total else 0.0
