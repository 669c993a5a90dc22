"""Fold a message into the form in which the word tables are written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from answer.likeness import nearest
from answer.notices.phrases import read_words

TABLE = read_words("spelling")
SHORT_FORMS: dict[str, str] = TABLE["short_forms"]
KEY_WORDS: list[str] = TABLE["words"]["key"]
KEYS_BY_INITIAL = {
    initial: list(keys) for initial, keys in groupby(sorted(KEY_WORDS), key=lambda key: key[0])
}
"""The first letter is rarely wrong."""
REAL_WORDS = frozenset(TABLE["words"]["real"]) | frozenset(KEY_WORDS)
MIN_CHARS = 5
"""Shorter words are too similar to others; their common slips are in ``short_forms``."""
LONG_CHARS = 8
"""From this length on, two slips are corrected; in shorter words, one. Chosen by hand."""

PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "ı": "i", "đ": "d", "æ": "ae", "œ": "oe"}
)
TOKEN = re.compile(r"\d+(?:[.,/]\d+)*%?|[^\W\d_]+(?:'[^\W\d_]+)?|[,.?!;<>≤≥]")
OXYGEN = re.compile(r"\bs[ap]?o2\b")
CLAUSE_BREAK = re.compile(r"\s[-–—]+\s|[\n:()]|\.{2,}|…")


def fold(text: str, *, is_typed: bool = True) -> str:
    """Return lower-case words and stops with a space after each, spelled as in the tables.

    Contractions are written out ("I'm" is "i am"), except that "can't" and "cannot" are "cant".

    Args:
        text: a message, or a text that was published.
        is_typed: whether slips of spelling are corrected; in published texts nothing is.

    """
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"[’‘`´]", "'", text)
    text = CLAUSE_BREAK.sub(" , ", OXYGEN.sub("saturation", text))
    tokens = (_spell(token, is_typed) for token in TOKEN.findall(text))
    words = " ".join(tokens) + " "
    return words.replace("can not ", "cant ")


def plain(text: str) -> str:
    """Return the text in lower case and without accents."""
    if text.isascii():
        return text.lower()
    text = text.lower().translate(PLAIN_LETTERS)
    letters = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@lru_cache(maxsize=4096)
def _spell(token: str, is_typed: bool) -> str:
    if token in SHORT_FORMS and (is_typed or "'" in token):
        return SHORT_FORMS[token]
    if token.endswith(("'s", "'re", "'ve", "'ll", "'d")):
        word, _, ending = token.rpartition("'")
        return f"{_correct(word, is_typed)} {SHORT_FORMS.get(chr(39) + ending, ending)}"
    return _correct(token.replace("'", ""), is_typed)


def _correct(word: str, is_typed: bool) -> str:
    """Return the key word that a misspelt word stands for, or else the word itself."""
    if not is_typed or len(word) < MIN_CHARS or word in REAL_WORDS or not word.isascii():
        return word
    allowed = 2 if len(word) >= LONG_CHARS else 1
    return nearest(word, KEYS_BY_INITIAL.get(word[0], []), allowed) or word
