"""Baselines of plain search: the five best sentences by BM25, by cosine, and by both.

Each sentence is searched by its text with its heading trail and the sentence before it. It is
embedded here, because the index has vectors of passages only. These decline nothing. The best of
them is measured once more with a bar on its first sentence's score, so that one declines too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from answer.asking.question import understand
from answer.errors import QuestionError
from evaluation.judge import Judged, Reply, Shown, judge
from evaluation.questions import Question
from index.embedding import embed
from index.encoder import Encoder
from index.fusion import reciprocal_rank_fusion
from index.sparse import SparseIndex
from index.texts import sentence_text
from index.tokens import tokenize
from ingest.document import Document, Sentence

N_SHOWN = 5
DEPTH = 100
"""Sentences of each ranking that are fused: as many as the index fuses passages."""

BARRED = "fusion"
BAR = 0.031
"""The search that is also measured with a bar, and the least score of its first sentence for a
question to be answered: about first in one ranking and among the first eight in the other. Tuned on
1,893 training questions on 83 documents (``python -m training.search_bar``), as the program's own
bars are: the best sum of handled and half of precision, complete and refusal. It was 1.012; the
best bars of BM25 (12.1) and cosine (.518) had .934 and .927."""
WITH_BAR = f"{BARRED} with a bar"

Ranking = Callable[[str], Sequence[tuple[int, float]]]
"""From a query to rows of sentences with their scores, best first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search shows for a question."""

    best: tuple[Shown, ...]
    """At most ``N_SHOWN``, best first."""
    score: float
    """Of the first, in the search's own unit; ``-inf`` without one."""

    def reply(self, bar: float = -np.inf) -> Reply:
        """Return what is shown, or nothing if the first sentence scores below the bar."""
        is_found = bool(self.best) and self.score >= bar
        return Reply(
            is_found=is_found,
            quotes=self.best if is_found else (),
            related=() if is_found else self.best,
            notices=frozenset(),
            total_ms=None,
        )


class Sentences(Protocol):
    """What the baselines need of an index; ``index.retriever.Retriever`` has it."""

    @property
    def encoder(self) -> Encoder:
        """The model that embeds the sentences and the questions."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By doc_id."""

    @property
    def sentences(self) -> Sequence[Sentence]:
        """One for each row."""


def judge_baselines(
    retriever: Sentences, questions: Iterable[Question]
) -> dict[str, tuple[Judged, ...]]:
    """Answer the questions with each baseline and judge the replies.

    Returns:
        The judged questions under "BM25 alone", "cosine alone", "fusion alone" and ``WITH_BAR``.

    """
    asked = tuple(questions)
    sources = {doc_id: document.source for doc_id, document in retriever.documents.items()}

    def judged(found: Iterable[Found], bar: float = -np.inf) -> tuple[Judged, ...]:
        return tuple(judge(q, f.reply(bar), sources) for q, f in zip(asked, found, strict=True))

    found = search_for(retriever, asked)
    alone = {f"{name} alone": judged(some) for name, some in found.items()}
    return alone | {WITH_BAR: judged(found[BARRED], BAR)}


def search_for(retriever: Sentences, questions: Sequence[Question]) -> dict[str, tuple[Found, ...]]:
    """Return what "BM25", "cosine" and "fusion" find for each question."""
    return {
        name: tuple(_found(retriever, ranking, question) for question in questions)
        for name, ranking in _rankings(retriever).items()
    }


def _rankings(retriever: Sentences) -> dict[str, Ranking]:
    texts = [sentence_text(retriever.documents[one.doc_id], one) for one in retriever.sentences]
    vectors = embed(retriever.encoder, texts)
    by_words = _sparse(retriever.sentences, texts)

    def bm25(query: str) -> Sequence[tuple[int, float]]:
        scores, rows = by_words.search(tokenize(query), DEPTH)
        return list(zip(rows.tolist(), scores.tolist(), strict=True))

    def cosine(query: str) -> Sequence[tuple[int, float]]:
        scores = vectors @ retriever.encoder.encode([query])[0]
        rows = np.argsort(-scores, kind="stable")[:DEPTH]
        return list(zip(rows.tolist(), scores[rows].tolist(), strict=True))

    def fusion(query: str) -> Sequence[tuple[int, float]]:
        return reciprocal_rank_fusion(
            [[row for row, _ in ranking(query)] for ranking in (bm25, cosine)]
        )

    return {"BM25": bm25, "cosine": cosine, "fusion": fusion}


def _sparse(sentences: Sequence[Sentence], texts: Sequence[str]) -> SparseIndex:
    """Return BM25 over sentences; its files are deleted once it is open."""
    with tempfile.TemporaryDirectory() as folder:
        return SparseIndex.build(
            ((s.doc_id, tokenize(text)) for s, text in zip(sentences, texts, strict=True)),
            Path(folder),
        )


def _found(retriever: Sentences, ranking: Ranking, question: Question) -> Found:
    try:
        best = ranking(understand(question.question, question.history).text)[:N_SHOWN]
    except QuestionError:  # nothing to search for: nothing is shown
        best = []
    return Found(
        best=tuple(_shown(retriever, row) for row, _ in best),
        score=best[0][1] if best else -np.inf,
    )


def _shown(retriever: Sentences, row: int) -> Shown:
    sentence = retriever.sentences[row]
    parts = retriever.documents[sentence.doc_id].parts(sentence.span)
    return Shown(doc_id=sentence.doc_id, text=sentence.text, parts=parts, score=0.0)
