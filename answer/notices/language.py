"""Detect messages in a language other than English.

A message in another script counts as one. A message in Latin script does if it has words of another
language (``words/languages.toml``), and more of them than English words.
"""

from __future__ import annotations

import re
import unicodedata

from answer.notices.phrases import read_words
from answer.notices.spelling import plain

TABLE = read_words("languages")
ENGLISH = frozenset(TABLE["english"]["words"].split())
AMBIGUOUS = ENGLISH | frozenset(TABLE["ambiguous"]["words"].split())
LANGUAGES = [frozenset(words.split()) for words in TABLE["languages"].values()]
QUOTED = re.compile(r"[\"“„«'‘][^\"“”„«»'‘’]*[\"”»'’](?!\w)")
WORD = re.compile(r"[^\W\d_]+")
SHORT = 4
"""In a message of up to this many words one word of another language is enough. Chosen by hand."""
MIN_SHARE_FOREIGN_SCRIPT = 0.4
"""More than the Greek letter in "interferon-γ" or a quoted word amounts to. Chosen by hand."""


def is_foreign(text: str) -> bool:
    """Whether the message is not in English."""
    letters = [character for character in text if character.isalpha()]
    if not letters:
        return False
    n_latin = sum(unicodedata.name(letter, "LATIN").startswith("LATIN") for letter in letters)
    if len(letters) - n_latin > MIN_SHARE_FOREIGN_SCRIPT * len(letters):
        return True
    words = WORD.findall(QUOTED.sub(" ", text))
    n_accented = sum(not word.isascii() for word in words)
    folded = [plain(word) for word in words]
    return any(_is_written_in(language, folded, n_accented) for language in LANGUAGES)


def _is_written_in(language: frozenset[str], words: list[str], n_accented: int) -> bool:
    """Whether words belong to the language, at least one of them to no other."""
    n_certain = sum(word in language and word not in AMBIGUOUS for word in words)
    if not n_certain:
        return False
    n_possible = sum(word in language and word in AMBIGUOUS for word in words)
    n_english = sum(word in ENGLISH and word not in language for word in words)
    needed = 1 if len(words) <= SHORT and n_english == 0 else 2
    n_foreign = n_certain + n_possible + n_accented
    return n_foreign >= needed and n_foreign > n_english


def words_of(text: str) -> list[str]:
    """Return the words of the text."""
    return [plain(word) for word in WORD.findall(text)]
