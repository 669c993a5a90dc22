"""Turn windows into batches of the reader's input (``answer/weighing/reader_input.py``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from answer.weighing.reader_input import (
    PAD,
    ReaderInput,
    Text,
    question_ids,
    reader_input,
    tokenized,
)
from index.encoder import Tokenizer, Tokens


@dataclass(frozen=True, slots=True)
class Window:
    """One window with a question: the reader's input, and the text that it was made from."""

    given: ReaderInput
    text: Text


class WindowEncoder:
    """Encodes questions and windows, and caches the tokens of texts."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, Tokens] = {}

    def encode(self, question: str, headings: Sequence[str], sentences: Sequence[str]) -> Window:
        """Encode one window, cut at the length limit."""
        text = tokenized(self, headings, sentences)
        return Window(reader_input(question_ids(self, question), text), text)

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of ``text``."""
        if text not in self._known:
            self._known[text] = self._tokenizer.tokens(text)
        return self._known[text]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the reader takes: three integer tensors of shape ``(B, T)``."""

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor


def stack(windows: Sequence[Window], *, multiple: int = 8) -> Inputs:
    """Pad windows to one length, a multiple of ``multiple`` tokens."""
    longest = max(len(window.given.ids) for window in windows)
    longest += -longest % multiple
    ids = torch.full((len(windows), longest), PAD, dtype=torch.long)
    mask = torch.zeros_like(ids)
    types = torch.zeros_like(ids)
    for row, window in enumerate(windows):
        length = len(window.given.ids)
        ids[row, :length] = torch.tensor(window.given.ids)
        mask[row, :length] = 1
        types[row, window.given.question_length : length] = 1
    return Inputs(ids, mask, types)


def word_tokens(window: Window, span: tuple[int, int, int]) -> tuple[int, int] | None:
    """Return the positions of the first and last token of a span of characters, if not cut off."""
    sentence, start, end = span
    given = window.given
    if sentence >= len(given.markers):
        return None
    offsets = window.text.sentences[sentence].offsets
    inside = [at for at, (left, right) in enumerate(offsets) if left < end and start < right]
    if not inside:
        return None
    first = given.markers[sentence] + 1
    last = first + inside[-1]
    return (first + inside[0], last) if last < len(given.ids) - 1 else None
