"""What is real in the measurement: texts of a public set, and their vectors."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.embedding import embed
from index.encoder import SentenceEncoder, Vectors
from index.tokens import tokenize
from ingest.document import Span
from ingest.sentences import split_sentences

T = TypeVar("T")

TEXTS, SEED_VECTORS, QUESTION_VECTORS = "real.json", "seeds.npy", "questions.npy"

SEEDS, QUESTIONS = 5_000, 200
"""Passages and questions that are embedded: few enough for two minutes."""
PASSAGE_WORDS = 90
LONG_TOKENS = range(10, 16)
"""Of the long queries."""
HELD_OUT = 20
"""One answer in so many is kept out of the documents: the long queries are its sentences."""


@dataclass(frozen=True, slots=True)
class Real:
    """What the synthetic library is made of, and what is asked of it."""

    seeds: Vectors
    """Of real passages."""
    questions: Vectors
    """Of real questions."""
    asked: tuple[list[str], ...]
    """Their tokens."""
    long: tuple[list[str], ...]
    """Tokens of sentences that are in no document, 10 to 15 each."""
    sentences: tuple[list[str], ...]
    """The tokens of the sentences that documents are made of."""


def keep_real(path: Path, folder: Path) -> None:
    """Read MedQuAD, one JSON object a line, gzipped; put what is needed of it into a folder."""
    kept = folder / TEXTS
    if not kept.exists():
        pairs = list(_pairs(path))
        answers = [_sentences(answer) for _, answer in pairs]
        asked = [question for question, _ in _spread(pairs, QUESTIONS)]
        used = [sentences for n, sentences in enumerate(answers) if n % HELD_OUT]
        passages = [passage for sentences in used for passage in _packed(sentences)]
        np.save(folder / SEED_VECTORS, embed(SentenceEncoder(), _spread(passages, SEEDS)))
        np.save(folder / QUESTION_VECTORS, embed(SentenceEncoder(), asked))
        others = map(tokenize, (one for sentences in answers[::HELD_OUT] for one in sentences))
        long = [tokens for tokens in others if len(set(tokens)) in LONG_TOKENS]
        tokens = [tokenize(sentence) for sentences in used for sentence in sentences]
        texts = [tokenize(question) for question in asked], _spread(long, QUESTIONS), tokens
        kept.write_text(json.dumps(texts))


def read_real(folder: Path) -> Real:
    """Return what ``keep_real`` put into a folder."""
    asked, long, sentences = map(tuple, json.loads((folder / TEXTS).read_text()))
    vectors = np.load(folder / SEED_VECTORS), np.load(folder / QUESTION_VECTORS)
    return Real(*vectors, asked, long, sentences)


def _sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, Span(0, len(text)))]


def _pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Yield questions and answers; some questions have none."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for pair in json.loads(line)["pairs"]:
                if pair["answer"]:
                    yield " ".join(pair["question"].split()), " ".join(pair["answer"].split())


def _packed(sentences: Sequence[str]) -> Iterator[str]:
    """Yield passages of whole sentences."""
    words: list[str] = []
    for sentence in sentences:
        words += sentence.split()
        if len(words) >= PASSAGE_WORDS:
            yield " ".join(words)
            words = []
    if words:
        yield " ".join(words)


def _spread(items: Sequence[T], count: int) -> list[T]:
    """Return so many items at equal distances."""
    return [items[at * len(items) // count] for at in range(min(count, len(items)))]
