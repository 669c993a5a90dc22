"""Find the words with which a language expresses an idea (``words/languages``).

The words of an idea are separated by spaces, in lower case, with their accents:

================  ==============================================================
``atmen``         this word; accents may be missing ("ä" is also "a" or "ae")
``erstick*``      any word that begins like this
``*yorum``        any word that ends like this
``*mıyor*``       any word with this in it
``keine_luft``    these words, in this order
``kann_.._auf``   up to three words between
``38,#``          a number: any digits for ``#``
================  ==============================================================
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from answer.notices.spelling import plain

ANY_WORDS = ".."
MAX_BETWEEN = 3
STOPS = frozenset(",.?!;")
GONE = "_"
"""What stands for a word that was taken out."""
TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
"""How German and Turkish letters are written where a keyboard lacks them."""
MAX_CHARS = 40
"""Longer words are no words: they would have too many parts."""
CACHED_WORDS = 4096
CACHED_TEXTS = 64
"""About as many as one message has sentences and clauses, which are looked at many times."""

Entry = tuple[str, ...]
Place = tuple[int, int]
"""The first word of an occurrence, and the first word after it."""


class Vocabulary:
    """The words of a language, by idea.

    Args:
        words: idea to its words, in the notation above.

    """

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._entries = {
            idea: [entry for word in entries for entry in _spellings(word)]
            for idea, entries in words.items()
        }
        self._by_first: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for idea, entries in self._entries.items():
            for entry in entries:
                self._by_first[entry[0]].append((idea, entry))
        self._parts = {part for entries in self._entries.values() for e in entries for part in e}
        self._beginning_with = lru_cache(maxsize=CACHED_WORDS)(self._look_up)
        self.found_in = lru_cache(maxsize=CACHED_TEXTS)(self._find)

    @property
    def parts(self) -> set[str]:
        """All single words, stems (``erstick*``) and endings (``*yorum``)."""
        return self._parts

    def knows(self, word: str) -> bool:
        """Whether the plain word is, or is part of, an expression of any idea."""
        return any(pattern in self._parts for pattern in _patterns(word))

    def places(self, idea: str, text: str) -> Sequence[Place]:
        """Return where the idea occurs in the folded text, in order."""
        return self.found_in(text).get(idea, ())

    def without(self, ideas: Sequence[str], text: str) -> str:
        """Return the folded text with ``GONE`` for the words that express any of the ideas."""
        gone = {i for idea in ideas for place in self.places(idea, text) for i in range(*place)}
        left = (GONE if i in gone else word for i, word in enumerate(text.split()))
        return "".join(f"{word} " for word in left)

    def expression(self, idea: str) -> str:
        """Return a regular expression that finds the words of the idea in folded text."""
        choices = (re.escape(" ".join(entry)) for entry in self._entries[idea])
        return "|".join(choice.replace(r"\*", r"\S*") for choice in choices)

    def _find(self, text: str) -> Mapping[str, Sequence[Place]]:
        """Return where each idea that occurs in the folded text occurs, in order."""
        words = text.split()
        found: dict[str, list[Place]] = defaultdict(list)
        for start, word in enumerate(words):
            for idea, entry in self._beginning_with(word):
                if end := _end(entry, words, start):
                    found[idea].append((start, end))
        return dict(found)

    def _look_up(self, word: str) -> list[tuple[str, Entry]]:
        return [pair for pattern in _patterns(word) for pair in self._by_first.get(pattern, ())]


def _spellings(word: str) -> set[Entry]:
    """Return an entry's words without accents, and as they are written without umlauts."""
    texts = {word} if word.isascii() else {word, word.translate(TWO_LETTERS)}
    return {tuple(plain(text).split("_")) for text in texts}


@lru_cache(maxsize=CACHED_WORDS)
def _patterns(word: str) -> frozenset[str]:
    """Return the notations that stand for a word."""
    n = len(word)
    if n > MAX_CHARS:
        return frozenset({word})
    parts = {f"*{word[start:end]}*" for start in range(n) for end in range(start + 1, n + 1)}
    stems = {f"{word[:end]}*" for end in range(1, n + 1)}
    endings = {f"*{word[start:]}" for start in range(n)}
    numbers = {f"{word[:start]}#" for start in range(n) if word[start:].isdecimal()}
    return frozenset({word} | stems | endings | parts | numbers)


def _end(entry: Entry, words: Sequence[str], start: int) -> int | None:
    """Return where an entry that begins at a word ends, or None if it does not."""
    if not entry:
        return start
    if entry[0] == ANY_WORDS:
        ends = (_end(entry[1:], words, after) for after in _after_gap(words, start))
        return next((end for end in ends if end is not None), None)
    if start < len(words) and entry[0] in _patterns(words[start]):
        return _end(entry[1:], words, start + 1)
    return None


def _after_gap(words: Sequence[str], start: int) -> Iterator[int]:
    """Yield the words that may follow a gap, the nearest first."""
    for after in range(start, min(start + MAX_BETWEEN, len(words)) + 1):
        yield after
        if after < len(words) and words[after] in STOPS:
            return
