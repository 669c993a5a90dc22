"""Which words of a question could be its subject, in a library about anything."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from index.tokens import tokenize

GENERAL = Path(__file__).with_name("words") / "general.toml"
NAME = "§"
"""Stands for a word that could be the subject."""
WORD = re.compile(r"\d[\d.,]*%?|[^\W\d_](?:[\w'’.-]*[^\W_])?|[.,;:?!()/=–—]")
"""A number, a word with its hyphens and apostrophes, or a mark that ends a clause."""
PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
"""What hyphens join."""
SPECIFIC_NUMBER = re.compile(r"(?!(?:19|20)\d\d$)(?:.*[.,%].*|\d{3,})")
"""``7.4%``, ``8,436`` and ``585`` are looked for; ``3`` and ``2022`` are in every document."""
SHORT_FORMS = frozenset({"AE", "AES", "SAE", "RCT", "PT", "PTS", "OK", "GP"})
"""Short forms that are general words; any other word in capitals is a name."""
LETTERS = 2
"""A word with no more is no subject, unless it has a digit or is in capitals. Chosen by hand."""
SHOUTED_WORDS = 4
"""In a question of at least so many words, all of them in capitals, capitals say nothing."""


def marked(question: str) -> str:
    """Return the words in lower case, with ``NAME`` for each that could be the subject.

    Words and marks are separated by single spaces, which also stand at both ends.
    """
    words = WORD.findall(question)
    if question.isupper() and len(words) >= SHOUTED_WORDS:
        words = [word.lower() for word in words]
    return f" {' '.join(NAME if _is_specific(w) else w.lower() for w in words)} ".replace("’", "'")


def _is_specific(word: str) -> bool:
    if not word[0].isalpha():
        return SPECIFIC_NUMBER.fullmatch(word.rstrip(".,")) is not None
    if len(word) > 1 and word.isupper():
        return word not in SHORT_FORMS
    if any(map(str.isdigit, word)):
        return True
    return any(
        len(part) > LETTERS and not general_stems().issuperset(tokenize(part))
        for part in PART.findall(word)
    )


@cache
def general_stems() -> frozenset[str]:
    """Return the stems of the words that do not say what a question is about."""
    lists = tomllib.loads(GENERAL.read_text(encoding="utf-8")).values()
    return frozenset(stem for words in lists for stem in tokenize(words))
