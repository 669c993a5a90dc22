"""The reader's input: ``[CLS] question [SEP] headings : [M] sentence [M] sentence [SEP]``.

``[M]`` is the vocabulary's ``[unused1]``. Token type 0 up to the first ``[SEP]``, 1 after it.
Without headings there is no colon either. Training and answering both make their inputs here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.encoder import Tokenizer, Tokens

PAD, CLS, SEP, MARKER = 0, 101, 102, 2
"""Ids of ``[PAD]``, ``[CLS]``, ``[SEP]`` and ``[unused1]`` in all-MiniLM-L6-v2's vocabulary."""
MAX_TOKENS, MAX_QUESTION, MAX_HEADINGS = 224, 64, 24
"""Longest input, question and heading trail in tokens: 64 are enough for a follow-up after the
question that it depends on; of a longer one the end is kept, which was asked last."""
TRAIL_SEPARATOR = " > "
TURN_SEPARATOR = " | "
"""Tells the question asked last from those before it."""


def conversation(turns: Sequence[str]) -> str:
    """Return the question to read: earlier questions that it depends on, then the one asked."""
    return TURN_SEPARATOR.join(turns)


@dataclass(frozen=True, slots=True)
class Text:
    """A window for the reader: heading trail and sentences, tokenised once."""

    headings: tuple[int, ...]
    sentences: tuple[Tokens, ...]


@dataclass(frozen=True, slots=True)
class ReaderInput:
    """The tokens of one question and one window."""

    ids: tuple[int, ...]
    question_length: int
    """Tokens of type 0: ``[CLS]``, question, ``[SEP]``."""
    markers: tuple[int, ...]
    """Position of each sentence's marker; a sentence cut off by the limit has none."""


def question_ids(tokenizer: Tokenizer, question: str) -> tuple[int, ...]:
    """Return the tokens of a question, cut to its last ``MAX_QUESTION``."""
    return tokenizer.tokens(question).ids[-MAX_QUESTION:]


def tokenized(tokenizer: Tokenizer, headings: Sequence[str], sentences: Sequence[str]) -> Text:
    """Tokenise a window, once for all questions."""
    trail: tuple[int, ...] = ()
    if headings:
        tokens = tokenizer.tokens(TRAIL_SEPARATOR.join(headings)).ids[:MAX_HEADINGS]
        trail = (*tokens, *tokenizer.tokens(":").ids)
    return Text(trail, tuple(tokenizer.tokens(sentence) for sentence in sentences))


def reader_input(question: Sequence[int], text: Text) -> ReaderInput:
    """Join a question's tokens and a window, cut at ``MAX_TOKENS``."""
    ids = [CLS, *question, SEP]
    question_length = len(ids)
    ids += text.headings
    markers = []
    for sentence in text.sentences:
        if len(ids) + 2 < MAX_TOKENS:
            markers.append(len(ids))
            ids += [MARKER, *sentence.ids]
    return ReaderInput((*ids[: MAX_TOKENS - 1], SEP), question_length, tuple(markers))
