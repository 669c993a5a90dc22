"""Correct typing errors: an unknown word becomes the nearest word of the documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from answer.likeness import nearest
from index.encoder import Tokenizer
from ingest.document import Document

WORD = re.compile(r"[^\W\d_]{5,}")
"""Shorter words are too similar to one another to guess."""
LONG_WORD = 8
"""From this length on, two slips are corrected; in shorter words, one. Chosen by hand."""


class Speller:
    """Corrects words to words of the documents, unless the encoder has a token for them."""

    def __init__(self, documents: Iterable[Document], tokenizer: Tokenizer) -> None:
        words = (match.group().lower() for d in documents for match in WORD.finditer(d.text))
        self._words = sorted(set(words))
        self._known = frozenset(self._words)
        self._tokenizer = tokenizer
        self._nearest = lru_cache(maxsize=4096)(self._find)

    def correct(self, text: str) -> str:
        """Return ``text`` with unknown words replaced by the nearest word of the documents."""
        return WORD.sub(lambda match: self._corrected(match.group()), text)

    def _corrected(self, word: str) -> str:
        lowered = word.lower()
        if lowered in self._known or len(self._tokenizer.tokens(lowered).ids) == 1:
            return word
        return self._nearest(lowered) or word

    def _find(self, word: str) -> str | None:
        slips = 2 if len(word) >= LONG_WORD else 1
        return nearest(word, self._words, slips)
