"""What speaks for and against each sentence: the reader, words, meaning, known questions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.asking.names import Names
from answer.asking.question import Query
from answer.weighing.reader import Reader, Text
from answer.weighing.windows import Window, window_of
from bank.known import KnownQuestions, Near
from index.encoder import Vectors
from index.fusion import reciprocal_rank_fusion
from index.retriever import Retriever
from index.texts import sentence_text
from index.tokens import tokenize

WINDOWS = 6
"""Windows read for a question: tuned on the calibration files of the bank, of which 12 windows
handled no more than 6, at twice the work."""

NAMES = (
    "logit", "over_none", "behind_best", "best_logit", "best_over_none", "cosine", "coverage",
    "best_coverage", "fused", "known", "vote", "intent", "known_unanswerable",
    "vote_unanswerable", "intent_none",
)  # fmt: skip
"""The columns of ``Signals.values``; the last six need a question bank."""

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Signals:
    """The sentences that a question led to and what is known of each."""

    rows: Rows
    """Positions in ``Retriever.sentences``, ascending."""
    values: NDArray[np.float64]
    """Shape ``(n_rows, len(NAMES))``."""
    words: Mapping[int, tuple[int, int] | None]
    """Row to the span of its answering words, in characters of the sentence."""


class Signaller:
    """Gathers the signals of one index, with a question bank or without."""

    def __init__(
        self, retriever: Retriever, reader: Reader, known: KnownQuestions | None, names: Names
    ) -> None:
        self._retriever, self._reader = retriever, reader
        self._known, self._names = known, names
        windows = [window_of(p, retriever.documents) for p in retriever.passages]
        place = {(s.doc_id, s.span): row for row, s in enumerate(retriever.sentences)}
        self._window_rows = [[place[s.doc_id, s.span] for s in w.sentences] for w in windows]
        self._texts = [_text(reader, window) for window in windows]
        self._passage_row = {p.passage_id: row for row, p in enumerate(retriever.passages)}
        self._first_row = np.cumsum([0, *(len(p.sentences) for p in retriever.passages)])
        self._tokens = [
            frozenset(tokenize(sentence_text(retriever.documents[s.doc_id], s)))
            for s in retriever.sentences
        ]
        self._rarity = _rarity(self._tokens)

    def gather(self, query: Query, documents: Collection[str] | None = None) -> Signals:
        """Search, read the best windows, and return the signals of all sentences in them."""
        vector = self._retriever.encoder.encode([query.text])[0]
        with_names = " ".join([query.text, *self._names.others(query.text)])
        hits = self._retriever.search(with_names, WINDOWS, documents, vector=vector)
        by_index = [self._passage_row[hit.passage.passage_id] for hit in hits]
        near = self._known.near(vector) if self._known else None
        rankings = [by_index]
        if near is not None:
            rankings += [self._by_bank(near.known, documents)]
            rankings += [self._by_bank(np.exp(near.intent), documents)]
        fused = reciprocal_rank_fusion(rankings)[:WINDOWS]
        logits, over_none, words = self._read(query.text, [row for row, _ in fused])
        rows = np.array(sorted(logits), dtype=np.int64)
        columns = self._columns(query, vector, rows, dict(fused))
        reads = np.array([[np.mean(logits[r]), np.mean(over_none[r])] for r in rows])
        best = reads.max(axis=0)
        values = np.column_stack(
            [reads, reads[:, 0] - best[0], np.tile(best, (len(rows), 1)), columns]
        )
        return Signals(rows, np.hstack([values, _of_bank(near, rows)]), words)

    def _by_bank(self, evidence: Vectors, documents: Collection[str] | None) -> list[int]:
        """Rank the passages by what the bank says for the best of their sentences."""
        best = np.maximum.reduceat(evidence, self._first_row[:-1])
        passages = self._retriever.passages
        return [
            int(row)
            for row in np.argsort(-best, kind="stable")[: 2 * WINDOWS]
            if best[row] > 0 and (documents is None or passages[row].doc_id in documents)
        ]

    def _read(
        self, question: str, windows: Sequence[int]
    ) -> tuple[dict[int, list[float]], dict[int, list[float]], dict[int, tuple[int, int] | None]]:
        logits: dict[int, list[float]] = {}
        over_none: dict[int, list[float]] = {}
        words: dict[int, tuple[int, int] | None] = {}
        readings = self._reader.read(question, [self._texts[w] for w in windows])
        for window, reading in zip(windows, readings, strict=True):
            for at, row in enumerate(self._window_rows[window]):
                score = float(reading.sentences[at])
                if math.isfinite(score):
                    logits.setdefault(row, []).append(score)
                    over_none.setdefault(row, []).append(score - reading.none)
                    words[row] = reading.words[at]
        return logits, over_none, words

    def _columns(
        self, query: Query, vector: Vectors, rows: Rows, fused: Mapping[int, float]
    ) -> NDArray[np.float64]:
        asked = set(tokenize(query.text))
        coverage = np.array([self._coverage(asked, self._tokens[row]) for row in rows])
        passage = np.searchsorted(self._first_row, rows, side="right") - 1
        return np.column_stack(
            [
                self._retriever.sentence_vectors[rows] @ vector,
                coverage,
                np.full(len(rows), coverage.max(initial=0.0)),
                [fused.get(int(p), 0.0) for p in passage],
            ]
        )

    def _coverage(self, asked: set[str], tokens: Collection[str]) -> float:
        """Return the share of the question's tokens that a sentence has, weighted by rarity."""
        unseen = math.log(len(self._tokens) + 1)
        total = sum(self._rarity.get(token, unseen) for token in asked)
        held = sum(self._rarity[token] for token in asked if token in tokens)
        return held / total if total else 0.0


def _of_bank(near: Near | None, rows: Rows) -> NDArray[np.float64]:
    if near is None:
        return np.zeros((len(rows), 6))
    columns = [near.known[rows], near.vote[rows], near.intent[rows]]
    return np.column_stack([*columns, np.tile(near.none, (len(rows), 1))])


def _text(reader: Reader, window: Window) -> Text:
    return reader.text(window.headings, [sentence.text for sentence in window.sentences])


def _rarity(tokens: Iterable[Collection[str]]) -> dict[str, float]:
    """Return the inverse document frequency of every token, sentences being the documents."""
    sets = list(tokens)
    counts = Counter(token for held in sets for token in held)
    return {token: math.log((len(sets) + 1) / count) for token, count in counts.items()}
