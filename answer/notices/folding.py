"""Fold a message that is not in English into the form that a vocabulary is compared with."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from answer.likeness import nearest
from answer.notices.spelling import CLAUSE_BREAK, OXYGEN, TOKEN, plain
from answer.notices.vocabulary import Vocabulary

PLEA = "what_to_do"
"""The idea that is a clause of its own, with or without commas ("what do I do")."""
BREAKS = "breaks"
"""The idea that begins a clause ("is that")."""
WHEN = "when_question"
"""The idea that a clause may not begin within ("when do I have to")."""
GOES_ON = "goes_on"
"""The idea before which a comma does not end the clause ("she does not know, where she is")."""
MIN_CHARS = 6
"""Shorter words are too similar to others. Chosen by hand."""
SAME_END = 2
"""Last letters of a stem that must be right: "autoleucel" is no "autolesion". Chosen by hand."""
DEGREES = re.compile(r"[°º]")
APOSTROPHE = re.compile(r"[’‘`´']")
LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
"""Letters repeated for emphasis ("hiiilfe")."""


class Folding:
    """How the messages of a language are folded.

    Args:
        vocabulary: the words that a misspelt word may stand for.
        short_forms: words that are written in another way in a hurry, and their usual form.
        common: plain words that are not misspelt.

    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        short_forms: Mapping[str, str],
        common: Collection[str] = frozenset(),
    ) -> None:
        self._vocabulary = vocabulary
        self._common = common
        self._short_forms = {plain(form): plain(word) for form, word in short_forms.items()}
        self._words: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._stems: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for part in sorted(vocabulary.parts):
            key = part.rstrip("*")
            if len(key) < MIN_CHARS or not key.isalpha():
                continue
            if part == key:
                self._words[key[0], len(key)].append(key)
            else:
                self._stems[key[0]][len(key)].append(key)
        self._correct = lru_cache(maxsize=4096)(self._meant)

    def __call__(self, text: str) -> str:
        """Return plain words and stops with a space after each, spelled as in the vocabulary."""
        text = plain(unicodedata.normalize("NFKC", DEGREES.sub(" c ", text)))
        text = OXYGEN.sub("spo", text)
        text = CLAUSE_BREAK.sub(" , ", LONG_RUN.sub(r"\1", APOSTROPHE.sub(" ", text)))
        words = (self._short_forms.get(token, token) for token in TOKEN.findall(text))
        text = "".join(f"{self._correct(word)} " for word in " ".join(words).split())
        return self._with_stops(text)

    def _with_stops(self, text: str) -> str:
        """Put commas around pleas, and before the words that begin a clause."""
        for first, _ in reversed(self._vocabulary.places(GOES_ON, text)):
            text = _without_comma_before(first, text)
        pleas = self._vocabulary.places(PLEA, text)
        inside = {i for place in pleas for i in range(*place)}
        whens = {i for place in self._vocabulary.places(WHEN, text) for i in range(*place)}
        breaks = {first for first, _ in self._vocabulary.places(BREAKS, text)} - inside - whens
        before = {first for first, _ in pleas if first - 1 not in inside} | breaks
        after = {last - 1 for _, last in pleas if last not in inside}
        words = []
        for i, word in enumerate(text.split()):
            words += [","] * (i in before) + [word] + [","] * (i in after)
        return "".join(f"{word} " for word in words)

    def _meant(self, word: str) -> str:
        """Return the word or stem that a misspelt word stands for, or else the word itself."""
        if len(word) < MIN_CHARS - 1 or self._vocabulary.knows(word) or word in self._common:
            return word
        lengths = (len(word), len(word) - 1, len(word) + 1)
        words = [key for n in lengths for key in self._words.get((word[0], n), ())]
        return nearest(word, words, 1) or self._stem_meant(word) or word

    def _stem_meant(self, word: str) -> str | None:
        for n, stems in self._stems[word[0]].items():
            for part in (word[:n], word[: n + 1], word[: n - 1]):
                stem = nearest(part, stems, 1)
                if stem and stem[-SAME_END:] == part[-SAME_END:]:
                    return stem
        return None


def _without_comma_before(word: int, text: str) -> str:
    words = text.split()
    if word and words[word - 1] == ",":
        del words[word - 1]
    return "".join(f"{word} " for word in words)
