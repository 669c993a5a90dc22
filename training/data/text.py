"""Split a text into sentences with exact offsets, and rank them by BM25 and MiniLM embeddings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from sentencex import get_sentence_boundaries
from tokenizers import Tokenizer
from transformers import BertModel

from index.encoder import Vectors
from index.hits import Scores

CONTINUES = re.compile(
    r"(?:\b(?:figs?|tabs?|eqs?|refs?|suppl|e\.g|i\.e|al|vs|cf|dr|no|approx|ca|resp|sp|spp)\."
    r"|(?:^|[\s.(])[A-Z]\.|\d\.)$",
    re.IGNORECASE,
)
"""A sentence does not end after one of these abbreviations, an initial or a numeral's point."""

WORD = re.compile(r"\w+")


class Piece(NamedTuple):
    """A sentence of a text: ``text == source[start:end]``."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> list[Piece]:
    """Split ``text`` with sentencex, then join what it cut at an abbreviation or in a clause.

    Returns:
        Sentences in reading order, trimmed, without overlap; a blank line always ends one.

    """
    spans: list[tuple[int, int]] = []
    after_break = True
    for found in get_sentence_boundaries("en", text):
        start, end = found["start_index"], found["end_index"]
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end -= len(words) - len(words.rstrip())
        if start >= end:
            after_break = after_break or bool(found["is_paragraph_break"])
            continue
        if not after_break and _continues(text[spans[-1][0] : spans[-1][1]], text[start]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        after_break = bool(found["is_paragraph_break"])
    return [Piece(start, end, text[start:end]) for start, end in spans]


def _continues(sentence: str, next_character: str) -> bool:
    """Whether a cut between ``sentence`` and ``next_character`` was wrong."""
    if next_character.islower():
        return True
    ending = CONTINUES.search(sentence)
    return ending is not None and (next_character.isdigit() or not ending[0][0].isdigit())


class Bm25:
    """BM25 over a small list of texts, in plain NumPy."""

    def __init__(self, texts: Sequence[str], *, k1: float = 1.2, b: float = 0.75) -> None:
        counts = [Counter(_stems(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], dtype=np.float32)
        self._norms = k1 * (1 - b + b * lengths / max(float(lengths.mean()), 1.0))
        self._k1 = k1
        self._postings: dict[str, tuple[list[int], list[int]]] = {}
        for row, count in enumerate(counts):
            for word, times in count.items():
                rows, frequencies = self._postings.setdefault(word, ([], []))
                rows.append(row)
                frequencies.append(times)

    def scores(self, question: str) -> Scores:
        """Return one score per text, 0 where no word is shared."""
        scores = np.zeros(len(self._norms), dtype=np.float32)
        for word in set(_stems(question)):
            if word in self._postings:
                rows, frequencies = self._postings[word]
                times = np.array(frequencies, dtype=np.float32)
                idf = np.log(1 + (len(scores) - len(rows) + 0.5) / (len(rows) + 0.5))
                scores[rows] += idf * times * (self._k1 + 1) / (times + self._norms[rows])
        return scores


STOP_WORDS = frozenset(
    WORD.findall(
        "a an and are as at be by can did do does for from has have how in is it of on or that "
        "the their there this to was were what when where which who why will with"
    )
)


def _stems(text: str) -> list[str]:
    """Lower-cased words without stop words, plural endings cut: enough to rank sentences."""
    words = (word for word in WORD.findall(text.lower()) if word not in STOP_WORDS)
    return [re.sub(r"(?:ing|ies|ed|es|s|e|y)$", "", word) or word for word in words]


class MiniLm:
    """The sentence encoder the reader starts from, used to find near misses by meaning."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(128)
        self._tokenizer.enable_padding()
        self._model = BertModel.from_pretrained(folder, add_pooling_layer=False)
        self._model.train(False)

    @torch.inference_mode()
    def embed(self, texts: Sequence[str], *, batch_size: int = 64) -> Vectors:
        """Return unit-length embeddings, shape ``(len(texts), 384)``, in the order of ``texts``."""
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        rows = np.zeros((len(texts), self._model.config.hidden_size), dtype=np.float32)
        for first in range(0, len(order), batch_size):
            batch = order[first : first + batch_size]
            encoded = self._tokenizer.encode_batch([texts[row] for row in batch])
            mask = torch.tensor([item.attention_mask for item in encoded])
            ids = torch.tensor([item.ids for item in encoded])
            with torch.autocast("cpu", torch.bfloat16):
                hidden = self._model(input_ids=ids, attention_mask=mask).last_hidden_state
            total = (hidden.float() * mask[:, :, None]).sum(1)
            rows[batch] = torch.nn.functional.normalize(total, dim=1).numpy()
        return rows


def fused_order(scores: Sequence[Scores], *, rrf_k: int = 60) -> NDArray[np.int64]:
    """Order rows by reciprocal rank fusion of several score arrays, best first."""
    fused = np.zeros(len(scores[0]), dtype=np.float64)
    for each in scores:
        order = np.argsort(-each, kind="stable")
        fused[order] += 1.0 / (rrf_k + 1 + np.arange(len(order)))
    return np.argsort(-fused, kind="stable")
