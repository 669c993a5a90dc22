"""Token ids of a window: ``[CLS] question [SEP] headings : [M] sentence [M] sentence [SEP]``.

``[M]`` is the vocabulary's ``[unused1]``. Token type 0 up to the first ``[SEP]``, 1 after it.
Headings are joined with `` > ``; without headings there is no colon either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

MARKER, CLS, SEP, PAD = "[unused1]", "[CLS]", "[SEP]", "[PAD]"


@dataclass(frozen=True, slots=True)
class Window:
    """One encoded input. Positions count tokens from the ``[CLS]``."""

    ids: tuple[int, ...]
    question_length: int
    """Tokens of type 0: ``[CLS]``, question, ``[SEP]``."""
    markers: tuple[int, ...]
    """Position of each sentence's marker; a sentence cut off by the limit has none."""
    sentences: tuple[Encoding, ...]
    """The sentences' encodings, whose offsets lead from tokens back to characters."""


class WindowEncoder:
    """Encodes questions and windows, keeping the encodings of texts it has seen."""

    def __init__(self, tokenizer: Tokenizer, settings: dict[str, Any]) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._max_length: int = settings["max_length"]
        self._max_question: int = settings["max_question"]
        self._max_headings: int = settings["max_headings"]
        self._marker, self._cls = _token_id(tokenizer, MARKER), _token_id(tokenizer, CLS)
        self._sep, self.pad = _token_id(tokenizer, SEP), _token_id(tokenizer, PAD)
        self._known: dict[str, Encoding] = {}

    def encode(self, question: str, headings: Sequence[str], sentences: Sequence[str]) -> Window:
        """Encode one window, cut at the length limit."""
        words = self._encoding(question).ids[: self._max_question]
        ids = [self._cls, *words, self._sep]
        question_length = len(ids)
        if headings:
            trail = self._encoding(" > ".join(headings)).ids[: self._max_headings]
            ids += [*trail, *self._encoding(":").ids]
        encodings = tuple(self._encoding(sentence) for sentence in sentences)
        markers = []
        for encoding in encodings:
            if len(ids) + 2 < self._max_length:
                markers.append(len(ids))
                ids += [self._marker, *encoding.ids]
        ids = [*ids[: self._max_length - 1], self._sep]
        return Window(tuple(ids), question_length, tuple(markers), encodings)

    def _encoding(self, text: str) -> Encoding:
        if text not in self._known:
            self._known[text] = self._tokenizer.encode(text, add_special_tokens=False)
        return self._known[text]


def _token_id(tokenizer: Tokenizer, token: str) -> int:
    """Look up a special token.

    Raises:
        ValueError: if the tokenizer's vocabulary lacks it.

    """
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"the vocabulary has no {token}: use the tokenizer of all-MiniLM-L6-v2")
    return int(number)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the reader takes: three integer tensors of shape ``(B, T)``."""

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor


def stack(windows: Sequence[Window], pad: int, *, multiple: int = 8) -> Inputs:
    """Pad windows to one length, a multiple of ``multiple`` tokens."""
    longest = max(len(window.ids) for window in windows)
    longest += -longest % multiple
    ids = torch.full((len(windows), longest), pad, dtype=torch.long)
    mask = torch.zeros_like(ids)
    types = torch.zeros_like(ids)
    for row, window in enumerate(windows):
        length = len(window.ids)
        ids[row, :length] = torch.tensor(window.ids)
        mask[row, :length] = 1
        types[row, window.question_length : length] = 1
    return Inputs(ids, mask, types)


def word_tokens(window: Window, span: tuple[int, int, int]) -> tuple[int, int] | None:
    """Return the positions of the first and last token of a span of characters, if not cut off."""
    sentence, start, end = span
    if sentence >= len(window.markers):
        return None
    offsets = window.sentences[sentence].offsets
    inside = [at for at, (left, right) in enumerate(offsets) if left < end and start < right]
    if not inside:
        return None
    first = window.markers[sentence] + 1
    last = first + inside[-1]
    return (first + inside[0], last) if last < len(window.ids) - 1 else None
