"""Find questions that say the same in nearly the same words.

Two questions are compared as words in lower case without punctuation. Their likeness, from 0 to
100, is the higher of two shares of common characters: of the words as they stand and of the words
in alphabetical order (rapidfuzz's ``ratio`` and ``token_sort_ratio``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answer.likeness import contained, ratios

NEAR = 90
"""Likeness from which two questions are near duplicates. Of some 60 pairs among the first 4,449
questions of this corpus's bank that reach it without being equal, all but four differ in a filler
word, an ending or a misspelling; those four are short and ask about another name or number ("CRS
stands for?", "TCR stands for?"). At 88 there are many such pairs."""
NEAR_CONTAINED = 95
"""The same for the words that both questions contain, whatever else they contain (rapidfuzz's
``token_set_ratio``), if neither has a third more words than the other. Chosen by hand."""
SIMILAR_LENGTH = 0.75

ROWS_AT_ONCE = 500
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two questions that are equal or nearly so, by their positions."""

    first: int
    second: int
    likeness: int
    """100 if they are the same words."""


def words_of(question: str) -> str:
    """Return what is compared of a question: its words in lower case, separated by spaces."""
    folded = unicodedata.normalize("NFKC", question).casefold().replace("’", "'")
    return " ".join(WORD.findall(folded.replace("'", "")))


def near_pairs(questions: Sequence[str]) -> Iterator[Pair]:
    """Yield the pairs of questions with a likeness of ``NEAR`` or more, in order."""
    texts = [words_of(question) for question in questions]
    for start in range(0, len(texts), ROWS_AT_ONCE):
        some = texts[start : start + ROWS_AT_ONCE]
        for row, column, likeness in _found(_likeness(some, texts[start:]), NEAR):
            if row < column:
                yield Pair(start + row, start + column, likeness)


def near_pairs_across(questions: Sequence[str], others: Sequence[str]) -> Iterator[Pair]:
    """Yield the pairs of a question and one of the others that are near duplicates.

    Stricter than ``near_pairs``: a question that only adds words to the other is found too.
    """
    if not questions or not others:
        return
    seconds = [words_of(other) for other in others]
    for start in range(0, len(questions), ROWS_AT_ONCE):
        firsts = [words_of(question) for question in questions[start : start + ROWS_AT_ONCE]]
        likeness = _likeness(firsts, seconds)
        held = np.floor(contained(firsts, seconds))
        is_near = (held >= NEAR_CONTAINED) & _similar_length(firsts, seconds)
        likeness = np.where(is_near, np.maximum(likeness, NEAR), likeness)
        for row, column, value in _found(likeness, NEAR):
            yield Pair(start + row, column, value)


def _likeness(firsts: Sequence[str], seconds: Sequence[str]) -> NDArray[np.uint8]:
    """Return the likeness of every pair; 100 is kept for the same words in the same order."""
    in_order = ratios(firsts, seconds)
    sorted_words = ratios(
        [" ".join(sorted(text.split())) for text in firsts],
        [" ".join(sorted(text.split())) for text in seconds],
    )
    likeness = np.minimum(np.floor(np.maximum(in_order, sorted_words)), 99)
    return np.where(in_order == 100, 100, likeness).astype(np.uint8)


def _similar_length(firsts: Sequence[str], seconds: Sequence[str]) -> NDArray[np.bool_]:
    first = np.array([len(text.split()) for text in firsts])[:, np.newaxis]
    second = np.array([len(text.split()) for text in seconds])[np.newaxis, :]
    return np.asarray(np.minimum(first, second) >= SIMILAR_LENGTH * np.maximum(first, second))


def _found(likeness: NDArray[np.uint8], least: int) -> Iterator[tuple[int, int, int]]:
    for row, column in np.argwhere(likeness >= least):
        yield int(row), int(column), int(likeness[row, column])
