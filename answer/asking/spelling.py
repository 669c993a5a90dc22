"""Correct typing errors: an unknown word becomes the nearest word of the documents and tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from answer.likeness import nearest
from answer.notices.spelling import KEY_WORDS, REAL_WORDS
from index.encoder import Tokenizer
from index.tokens import tokenize
from ingest.document import Document

WORD = re.compile(r"[^\W\d_]{5,}")
"""Shorter words are too similar to one another to guess."""
ANY_WORD = re.compile(r"[^\W\d_]+")
LONG_WORD = 8
"""From this length on, two slips are corrected; in shorter words, one. Chosen by hand."""


class Speller:
    """Corrects words to words of the documents, unless the encoder has a token for them.

    The words that the notices and the rules on risks listen for count as theirs: "complications".
    One of theirs with another ending is preferred: "injections" is not "infections".
    """

    def __init__(self, documents: Iterable[Document], tokenizer: Tokenizer) -> None:
        texts = (document.text.lower() for document in documents)
        self._known = frozenset(word for text in texts for word in ANY_WORD.findall(text))
        self._words = sorted({*filter(WORD.fullmatch, self._known), *KEY_WORDS})
        self._by_stem: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            for stem in tokenize(word):
                self._by_stem[stem].append(word)
        self._tokenizer = tokenizer
        self._nearest = lru_cache(maxsize=4096)(self._find)

    def correct(self, text: str) -> str:
        """Return ``text`` with unknown words replaced by the nearest known word."""
        return WORD.sub(lambda match: self._corrected(match.group()), text)

    def knows(self, text: str) -> bool:
        """Whether every word of ``text`` is one of the documents, or the encoder has it."""
        return all(self._is_known(word.lower()) for word in ANY_WORD.findall(text))

    def _corrected(self, word: str) -> str:
        return word if self._is_known(word.lower()) else self._nearest(word.lower()) or word

    def _is_known(self, lowered: str) -> bool:
        return lowered in self._known or len(self._tokenizer.tokens(lowered).ids) == 1

    def _find(self, word: str) -> str | None:
        if word in REAL_WORDS:
            return None
        slips = 2 if len(word) >= LONG_WORD else 1
        same = [known for stem in tokenize(word) for known in self._by_stem.get(stem, ())]
        return nearest(word, same, slips) or nearest(word, self._words, slips)
