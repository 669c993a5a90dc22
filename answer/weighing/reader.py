"""The reader, a model that scores the sentences of a window.

Its two files, operations and weights, are made by ``training/`` and described in
``answer/models/README.md``. It never writes text: for every sentence it gives a number, and the
words in it that answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.errors import ModelError
from answer.weighing.reader_input import (
    MAX_TOKENS,
    ReaderInput,
    Text,
    question_ids,
    reader_input,
    tokenized,
)
from index.encoder import Tokenizer, Tokens
from index.encoding.sessions import Model

MODEL = Path(__file__).parents[1] / "models" / "reader.onnx"
"""The operations; each weight is named by its place in the file ``WEIGHTS`` beside it."""
WEIGHTS = "quantized.onnx"
MAX_WORDS_TOKENS = 24
"""Longest stretch of answering words that is considered. Chosen by hand."""

_ONES = np.ones((MAX_TOKENS, MAX_TOKENS), dtype=bool)
_STRETCHES = np.where(np.triu(_ONES) & ~np.triu(_ONES, k=MAX_WORDS_TOKENS), 0, -np.inf).astype(
    np.float32
)
"""Row: first token of a stretch, column: last; 0 if it may be considered, -inf if not. Made once:
made for each sentence, it took an eighth of the time in which only one thread can run."""

Ids = NDArray[np.int64]
Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader's output for one window."""

    sentences: Logits
    """Shape ``(n_sentences,)``: how well each answers; -inf for one cut off by the limit."""
    none: float
    """How well "none of these" fits, on the same scale."""
    words: tuple[tuple[int, int] | None, ...]
    """For each sentence, the span of the words that answer, in characters from its start."""


class Reader:
    """A loaded reader. Safe to share between threads.

    Args:
        tokenizer: of the reader's vocabulary.
        path: of the file with its operations; the one with its weights is beside it.
        threads: windows computed at the same time, for all questions together. Each is computed
            alone, by one thread: less work than several padded to the same length, and no score
            depends on others.

    Raises:
        ModelError: if a file is missing, or they are not a reader.

    """

    def __init__(self, tokenizer: Tokenizer, path: Path = MODEL, threads: int = 1) -> None:
        operations = _contents(path)
        digest = hashlib.sha256(operations)
        digest.update(_contents(path.with_name(WEIGHTS)))
        self.sha256 = digest.hexdigest()
        """Hex digest of both files: a calibration belongs to one reader."""
        try:
            self._model = Model(operations, path.parent)
        except ValueError as error:
            raise ModelError(f"{path}: is not a reader; restore the file") from error
        self._tokenizer = tokenizer
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    def text(self, headings: Sequence[str], sentences: Sequence[str]) -> Text:
        """Tokenise a window, once for all questions."""
        return tokenized(self._tokenizer, headings, sentences)

    def read(self, question: str, texts: Sequence[Text]) -> list[Reading]:
        """Return a reading of each window, in order.

        The longest are begun first: no thread is left with one when the others have finished.
        """
        asked = question_ids(self._tokenizer, question)
        given = [reader_input(asked, text) for text in texts]
        longest_first = sorted(range(len(texts)), key=lambda at: -len(given[at].ids))
        begun = {
            at: self._threads.submit(self._read_one, given[at], texts[at]) for at in longest_first
        }
        return [begun[at].result() for at in range(len(texts))]

    def _read_one(self, given: ReaderInput, text: Text) -> Reading:
        ids = np.array([given.ids], dtype=np.int64)
        types = np.zeros_like(ids)
        types[:, given.question_length :] = 1
        feed = {"input_ids": ids, "token_type_ids": types}
        sentence, none, start, end = self._model.run(["sentence", "none", "start", "end"], feed)
        return _reading(given, text, sentence[0], float(none[0]), start[0], end[0])


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error.strerror}); restore the file") from error


def _reading(
    given: ReaderInput, text: Text, sentence: Logits, none: float, start: Logits, end: Logits
) -> Reading:
    scores = np.full(len(text.sentences), -np.inf, dtype=np.float32)
    scores[: len(given.markers)] = sentence[list(given.markers)]
    words: list[tuple[int, int] | None] = [None] * len(text.sentences)
    for at, marker in enumerate(given.markers):
        tokens = text.sentences[at]
        stop = min(marker + 1 + len(tokens.ids), len(given.ids) - 1)
        words[at] = _words(tokens, start[marker + 1 : stop], end[marker + 1 : stop])
    return Reading(scores, none, tuple(words))


def _words(tokens: Tokens, start: Logits, end: Logits) -> tuple[int, int] | None:
    """Return the likeliest stretch of a sentence, in characters from its start."""
    if not len(start):
        return None
    n = len(start)
    sums = start[:, None] + end[None, :] + _STRETCHES[:n, :n]
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    return tokens.offsets[first][0], tokens.offsets[last][1]
