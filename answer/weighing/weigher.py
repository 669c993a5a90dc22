"""Weigh the candidates for a query: search, read the best windows, gather each unit's signals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from answer.asking.names import Names
from answer.asking.question import Query
from answer.weighing.fragments import asks_for_by_line, is_by_line, is_fragment
from answer.weighing.reader import Reader
from answer.weighing.reader_input import Text
from answer.weighing.signals import Columns, Table, signals, table
from answer.weighing.windows import Window, window_of
from bank.known import Bank, EmptyBank
from index.encoder import Vectors
from index.fusion import reciprocal_rank_fusion
from index.hits import Rows, Scores
from index.retriever import Retriever
from index.texts import sentence_text
from index.tokens import tokenize
from ingest.document import Sentence
from ingest.units import Unit, units_of

WINDOWS = 12
"""Most windows read for a question. Chosen by hand: among the first 6 passages there is no answer
to one question in five, among 12 to one in ten (``python -m training.fusion``)."""
FIRST_WINDOWS = 5
"""Windows read first, which for some questions are enough. Chosen by hand."""
SURE = 2.0
"""Logit of the best sentence of the first windows from which no more are read. Chosen by hand on
questions about documents kept out; a logit of 0 means as likely an answer as not."""
RANKED = 2 * WINDOWS
"""Passages taken from each ranking of the bank. Chosen by hand: twice as many as are read."""

Column = NDArray[np.float32] | NDArray[np.float64]
Words = tuple[int, int] | None
"""The answering words of a sentence, in characters from its start."""


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


@dataclass(slots=True)
class _Read:
    """The reader's output for the windows, by row of a sentence."""

    logits: dict[int, list[float]] = field(default_factory=dict)
    over_none: dict[int, list[float]] = field(default_factory=dict)
    words: dict[int, Words] = field(default_factory=dict)

    @property
    def best_logit(self) -> float:
        return max((max(each) for each in self.logits.values()), default=-math.inf)


class Weigher:
    """Gathers the signals of the candidate units for a question."""

    def __init__(
        self, retriever: Retriever, reader: Reader, bank: Bank | EmptyBank, names: Names
    ) -> None:
        self._retriever, self._reader = retriever, reader
        self._bank, self._names = bank, names
        self.signals = signals(with_bank=bool(bank.questions))
        """The columns of ``Weighed.table``."""
        windows = [window_of(p, retriever.documents) for p in retriever.passages]
        place = {(s.doc_id, s.span): row for row, s in enumerate(retriever.sentences)}
        self._window_rows = [[place[s.doc_id, s.span] for s in w.sentences] for w in windows]
        self._texts = [_text(reader, window) for window in windows]
        self._passage_row = {p.passage_id: row for row, p in enumerate(retriever.passages)}
        self._first_row = np.cumsum([0, *(len(p.sentences) for p in retriever.passages)])
        self._units = units_of(retriever.sentences)
        self._tokens = [
            frozenset(tokenize(sentence_text(retriever.documents[s.doc_id], s)))
            for s in retriever.sentences
        ]
        self._rarity = _rarity(self._tokens)
        self._shape = _of_shape(retriever.sentences)
        self._is_fragment = np.array(
            [is_fragment(s) and u.span == s.span for s, u in self._sentences_and_units()]
        )
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
        fused = reciprocal_rank_fusion([by_index, *by_bank])[:WINDOWS]
        read = self._read_best(query.text, [row for row, _ in fused])
        rows = self._answering(query.asked, read)
        if not len(rows):
            return Weighed((), np.zeros((0, len(self.signals))), rows, {})
        columns: dict[str, Column] = {
            **_of_reader(read, rows),
            **self._of_words(query, vector, rows),
            **self._of_search(dict(fused), rows),
            **{name: values[rows] for name, values in self._shape.items()},
            **{name: values[rows] for name, values in near.columns.items()},
        }
        units, best = self._of_units(rows, columns)
        return Weighed(units, table(best, self.signals), rows, read.words)

    def _search(
        self, query: Query, vector: Vectors, documents: Collection[str] | None
    ) -> list[int]:
        """Rank the passages by meaning and words, also searching for other names of the things."""
        with_names = " ".join([query.text, *self._names.others(query.text)])
        hits = self._retriever.search(with_names, WINDOWS, documents, vector=vector)
        return [self._passage_row[hit.passage.passage_id] for hit in hits]

    def _rank(self, evidence: Scores, documents: Collection[str] | None) -> list[int]:
        """Rank the passages by the evidence for the best of their sentences."""
        best = np.maximum.reduceat(evidence, self._first_row[:-1])
        passages = self._retriever.passages
        return [
            int(row)
            for row in np.argsort(-best, kind="stable")[:RANKED]
            if best[row] > 0 and (documents is None or passages[row].doc_id in documents)
        ]

    def _read_best(self, question: str, windows: Sequence[int]) -> _Read:
        """Read the first windows and, unless one surely answers, the others."""
        read = _Read()
        self._read(question, windows[:FIRST_WINDOWS], read)
        if read.best_logit < SURE:
            self._read(question, windows[FIRST_WINDOWS:], read)
        return read

    def _read(self, question: str, windows: Sequence[int], read: _Read) -> None:
        readings = self._reader.read(question, [self._texts[w] for w in windows])
        for window, reading in zip(windows, readings, strict=True):
            for at, row in enumerate(self._window_rows[window]):
                score = float(reading.sentences[at])
                if math.isfinite(score):
                    read.logits.setdefault(row, []).append(score)
                    read.over_none.setdefault(row, []).append(score - reading.none)
                    read.words[row] = reading.words[at]

    def _answering(self, asked: str, read: _Read) -> Rows:
        """Return the rows that were read and can be an answer by themselves, ascending."""
        rows = np.array(sorted(read.logits), dtype=np.int64)
        left_out = self._is_fragment[rows]
        if not asks_for_by_line(asked):
            left_out = left_out | self._is_by_line[rows]
        return np.asarray(rows[~left_out])

    def _sentences_and_units(self) -> Iterator[tuple[Sentence, Unit]]:
        return zip(self._retriever.sentences, self._units, strict=True)

    def _of_words(self, query: Query, vector: Vectors, rows: Rows) -> Mapping[str, Column]:
        asked = set(tokenize(query.text))
        coverage = np.array([self._coverage(asked, self._tokens[row]) for row in rows])
        return {
            "cosine": self._retriever.sentence_vectors[rows] @ vector,
            "coverage": coverage,
            "best_coverage": np.full(len(rows), coverage.max(initial=0.0)),
        }

    def _of_search(self, fused: Mapping[int, float], rows: Rows) -> Mapping[str, Column]:
        passages = np.searchsorted(self._first_row, rows, side="right") - 1
        return {"fused": np.array([fused.get(int(passage), 0.0) for passage in passages])}

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


def _of_reader(read: _Read, rows: Rows) -> Mapping[str, Column]:
    logit = np.array([np.mean(read.logits[row]) for row in rows])
    over_none = np.array([np.mean(read.over_none[row]) for row in rows])
    return {
        "logit": logit,
        "over_none": over_none,
        "behind_best": logit - logit.max(),
        "best_logit": np.full(len(rows), logit.max()),
        "best_over_none": np.full(len(rows), over_none.max()),
    }


def _of_shape(sentences: Sequence[Sentence]) -> Mapping[str, Column]:
    columns = {"words": np.array([math.log(len(s.text.split()) or 1) for s in sentences])}
    for kind in ("caption", "reference", "line"):
        columns[f"is_{kind}"] = np.array([float(s.kind == kind) for s in sentences])
    return columns


def _text(reader: Reader, window: Window) -> Text:
    return reader.text(window.headings, [sentence.text for sentence in window.sentences])


def _rarity(tokens: Iterable[Collection[str]]) -> dict[str, float]:
    """Return the inverse document frequency of every token, taking sentences as documents."""
    sets = list(tokens)
    counts = Counter(token for held in sets for token in held)
    return {token: math.log((len(sets) + 1) / count) for token, count in counts.items()}
