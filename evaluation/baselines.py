"""Baselines of plain search: the five best sentences by BM25, by cosine, and by both.

Each sentence is searched by the text that the index embeds, with its heading trail and the sentence
before it. Nothing is ever declined, so only hit@1, complete and precision are compared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from answer.asking.question import understand
from answer.errors import QuestionError
from evaluation.judge import Judged, Reply, Shown, judge
from evaluation.questions import Question
from index.encoder import Encoder, Vectors
from index.fusion import reciprocal_rank_fusion
from index.sparse import SparseIndex
from index.texts import sentence_text
from index.tokens import tokenize
from ingest.document import Document, Sentence

N_SHOWN = 5
DEPTH = 100
"""Sentences of each ranking that are fused: as many as the index fuses passages."""

Ranking = Callable[[str], Sequence[int]]
"""From a query to rows of sentences, best first."""


class Sentences(Protocol):
    """What the baselines need of an index; ``index.retriever.Retriever`` has it."""

    @property
    def encoder(self) -> Encoder:
        """The model that made ``sentence_vectors``."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By doc_id."""

    @property
    def sentences(self) -> Sequence[Sentence]:
        """One for each row."""

    @property
    def sentence_vectors(self) -> Vectors:
        """Unit vectors, shape ``(n_sentences, d)``."""


def judge_baselines(
    retriever: Sentences, questions: Iterable[Question]
) -> dict[str, tuple[Judged, ...]]:
    """Answer the questions with each baseline and judge the replies.

    Returns:
        The judged questions under "BM25 alone", "cosine alone" and "fusion alone".

    """
    asked = tuple(questions)
    sources = {doc_id: document.source for doc_id, document in retriever.documents.items()}
    judged = {}
    for name, ranking in _rankings(retriever).items():
        replies = (_reply(retriever, ranking, question) for question in asked)
        judged[name] = tuple(
            judge(question, reply, sources) for question, reply in zip(asked, replies, strict=True)
        )
    return judged


def _rankings(retriever: Sentences) -> dict[str, Ranking]:
    by_words = _sparse(retriever)

    def bm25(query: str) -> Sequence[int]:
        _, rows = by_words.search(tokenize(query), DEPTH)
        return [int(row) for row in rows]

    def cosine(query: str) -> Sequence[int]:
        scores = retriever.sentence_vectors @ retriever.encoder.encode([query])[0]
        return [int(row) for row in np.argsort(-scores, kind="stable")[:DEPTH]]

    def fusion(query: str) -> Sequence[int]:
        return [row for row, _ in reciprocal_rank_fusion([bm25(query), cosine(query)])]

    return {"BM25 alone": bm25, "cosine alone": cosine, "fusion alone": fusion}


def _sparse(retriever: Sentences) -> SparseIndex:
    """Return BM25 over sentences; its files are deleted once it is open."""
    with tempfile.TemporaryDirectory() as folder:
        return SparseIndex.build(
            (
                (one.doc_id, tokenize(sentence_text(retriever.documents[one.doc_id], one)))
                for one in retriever.sentences
            ),
            Path(folder),
        )


def _reply(retriever: Sentences, ranking: Ranking, question: Question) -> Reply:
    try:
        query = understand(question.question, question.history).text
        best = [retriever.sentences[row] for row in ranking(query)[:N_SHOWN]]
    except QuestionError:  # nothing to search for: nothing is shown
        best = []
    return Reply(
        is_found=bool(best),
        quotes=tuple(_shown(retriever.documents[one.doc_id], one) for one in best),
        related=(),
        notices=frozenset(),
        total_ms=None,
    )


def _shown(document: Document, sentence: Sentence) -> Shown:
    parts = document.parts(sentence.span)
    return Shown(doc_id=document.doc_id, text=sentence.text, parts=parts, score=0.0)
