"""The encoder: turns texts into unit vectors. The only module with sentence-transformers."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import tokenizers
from numpy.typing import NDArray

from index.weights import VOCABULARY, broken, installed_model, verify_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

BATCH_SIZE = 32
"""Texts encoded at once. Fixed, because the last bits of a vector (7e-8) depend on the length of
its batch: the same list of texts always gives the same rows."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text split into the model's tokens, without the special tokens at both ends."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    """The characters of the text that each token covers, half-open."""


class Tokenizer(Protocol):
    """Splits texts into tokens of the model's vocabulary."""

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of the whole ``text``."""


class Encoder(Protocol):
    """Turns texts into vectors: the real model, or a toy in the tests."""

    @property
    def name(self) -> str:
        """What people call the model."""

    @property
    def sha256(self) -> str:
        """Hex digest of the weights; a different digest means a different encoder."""

    @property
    def dimension(self) -> int:
        """Length of every vector, ``d``."""

    @property
    def max_tokens(self) -> int:
        """How many tokens the model reads; it sees only the beginning of a longer text."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, in order: shape ``(n, d)``, float32, rows of length 1."""

    def count_tokens(self, text: str) -> int:
        """Return the number of tokens of the whole ``text``, special tokens included."""


class SentenceEncoder:
    """all-MiniLM-L6-v2 on the CPU, from the installed package, without network access.

    Counting tokens needs only the vocabulary; the model itself is loaded by the first call of
    ``encode``, which takes seconds. Safe to share between threads: they encode one at a time.

    Args:
        folder: with ``model.safetensors`` and the rest; the installed package's if None.

    Raises:
        EncoderError: if the package or one of the model's files is missing, or a file is not as
            published.

    """

    name = "sentence-transformers/all-MiniLM-L6-v2"
    dimension = 384
    max_tokens = 256
    """The limit given by its authors; positions beyond it were hardly trained."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = installed_model() if folder is None else folder
        self.sha256 = verify_model(self._folder)
        self._tokenizer = _load_tokenizer(self._folder / VOCABULARY)
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, in order: shape ``(n, 384)``, float32, rows of length 1."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        with self._lock:  # the underlying tokeniser fails if two threads use it
            rows = self._model.encode(
                [_encodable(text) for text in texts],
                batch_size=BATCH_SIZE,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(rows, dtype=np.float32)

    def count_tokens(self, text: str) -> int:
        """Return the number of tokens of the whole ``text``, its two special tokens included."""
        return len(self._tokenizer.encode(_encodable(text)).ids)

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of the whole ``text``."""
        encoding = self._tokenizer.encode(_encodable(text), add_special_tokens=False)
        return Tokens(tuple(encoding.ids), tuple(encoding.offsets))

    @cached_property
    def _model(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        model = SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        model.max_seq_length = self.max_tokens
        return model


def _load_tokenizer(path: Path) -> tokenizers.Tokenizer:
    """Return the model's tokeniser, set to read texts of any length."""
    try:
        tokenizer = tokenizers.Tokenizer.from_str(path.read_text(encoding="utf-8"))
    except Exception as error:  # what the library raises for a malformed file
        raise broken(path, "cannot be read") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _encodable(text: str) -> str:
    """Return ``text`` with ``?`` for lone surrogates, which the model's tokeniser refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")
