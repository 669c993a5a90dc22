"""Texts as training sees them: sentences with offsets, and rankings, made as when answering."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.encoder import Vectors
from index.fusion import reciprocal_rank_fusion
from index.hits import Scores
from index.sparse import SparseIndex
from index.tokens import tokenize
from ingest.document import Span
from ingest.sentences import split_sentences

PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")


class Piece(NamedTuple):
    """A sentence of a text: ``text == source[start:end]``."""

    start: int
    end: int
    text: str


def pieces_of(text: str) -> list[Piece]:
    """Split ``text`` into sentences as a document is split.

    In these texts a line end may stand anywhere in a sentence; a blank line always ends one.

    Returns:
        Sentences in reading order, trimmed, without overlap.

    """
    one_line = text.replace("\n", " ")  # as long as the text, so that offsets are the text's
    return [
        Piece(span.start, span.end, text[span.start : span.end])
        for paragraph in PARAGRAPH.finditer(text)
        for span in split_sentences(one_line, Span(*paragraph.span()))
    ]


def index_words(texts: Iterable[str]) -> SparseIndex:
    """Return the BM25 index of a few texts; its files are gone as soon as it is open."""
    with tempfile.TemporaryDirectory() as folder:
        return SparseIndex.build((("", tokenize(text)) for text in texts), Path(folder))


def word_scores(words: SparseIndex, question: str) -> Scores:
    """Return one score per text, shape ``(n,)``; 0 where no word is shared."""
    scores = np.zeros(len(words), dtype=np.float32)
    found, rows = words.search(tokenize(question), max(len(words), 1))
    scores[rows] = found
    return scores


def rank_by_words(words: SparseIndex, question: str) -> list[int]:
    """Return every row, best first; those that share no word with the question come last."""
    order: list[int] = np.argsort(-word_scores(words, question), kind="stable").tolist()
    return order


def rank(words: SparseIndex, vectors: Vectors, question: str, vector: Vectors) -> list[int]:
    """Return every row, best first, by words and by meaning together.

    Args:
        words: of the ``n`` texts.
        vectors: of the texts, shape ``(n, d)``.
        question: as asked.
        vector: of the question, shape ``(d,)``.

    """
    _, by_words = words.search(tokenize(question), max(len(words), 1))
    by_meaning = np.argsort(-(vectors @ vector), kind="stable")
    return [row for row, _ in reciprocal_rank_fusion([by_words.tolist(), by_meaning.tolist()])]
