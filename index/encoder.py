"""The encoder: turns texts into unit vectors."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import tokenizers
from numpy.typing import NDArray

from index.encoding.sessions import Model
from index.store import current_build
from index.weights import ANSWERING, ENCODER, VOCABULARY, broken, installed_model, verify_model
from ingest.drafting.processor import threads

Vectors = NDArray[np.float32]

GRAPH = Path(__file__).parent / "encoding" / "minilm.onnx"
"""How a vector is computed of the weights."""


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
    """all-MiniLM-L6-v2 on the CPU, computed by ONNX Runtime, without network access.

    Its weights are the published file, mapped into memory, and how they are used is a file of
    40 kB (``training/encoder/graph.py``). Each text is computed alone, by one thread: a vector
    does not depend on others, and differs from sentence-transformers' by rounding (1e-6). The
    model is loaded by the first call of ``encode``. Safe to share between threads.

    Args:
        folder: with the files (``index.weights.ANSWERING``); the installed package's if None.

    Raises:
        EncoderError: if the package or one of the files is missing, or a file is not as published.

    """

    name = "sentence-transformers/all-MiniLM-L6-v2"
    dimension = 384
    max_tokens = 256
    """The limit given by its authors; positions beyond it were hardly trained."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = installed_model() if folder is None else folder
        self.sha256 = verify_model(self._folder, ANSWERING)
        self._tokenizer = _load_tokenizer(self._folder / VOCABULARY)
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, in order: shape ``(n, 384)``, float32, rows of length 1."""
        if len(texts) < 2:
            rows = [self._vector(text) for text in texts]
        else:
            with ThreadPoolExecutor(threads()) as pool:
                rows = list(pool.map(self._vector, texts))
        return np.array(rows, dtype=np.float32).reshape(-1, self.dimension)

    def count_tokens(self, text: str) -> int:
        """Return the number of tokens of the whole ``text``, its two special tokens included."""
        return len(self._tokenizer.encode(_encodable(text)).ids)

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of the whole ``text``."""
        encoding = self._tokenizer.encode(_encodable(text), add_special_tokens=False)
        return Tokens(tuple(encoding.ids), tuple(encoding.offsets))

    def _vector(self, text: str) -> Vectors:
        ids = self._tokenizer.encode(_encodable(text)).ids
        if len(ids) > self.max_tokens:
            ids = [*ids[: self.max_tokens - 1], ids[-1]]  # the last one says that a text ends
        (vector,) = self._model.run(["vector"], {"input_ids": np.array(ids, dtype=np.int64)})
        return np.asarray(vector, dtype=np.float32)

    @property
    def _model(self) -> Model:
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> Model:
        try:
            return Model(GRAPH.read_bytes(), self._folder)
        except (OSError, ValueError) as error:
            raise broken(GRAPH, f"cannot be loaded ({error})") from error


def open_encoder(index: Path) -> SentenceEncoder:
    """Return the encoder that is kept with an index.

    Raises:
        NoIndexError: if nothing was built in ``index`` yet.
        EncoderError: if a file is missing or altered.

    """
    current_build(index)
    return SentenceEncoder(index / ENCODER)


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
