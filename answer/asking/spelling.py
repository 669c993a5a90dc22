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
ANY_WORD = re.compile(r"[^\W\d_]+")
LONG_WORD = 8
"""From this length on, two slips are corrected; in shorter words, one. Chosen by hand."""


class Speller:
    """Corrects words to words of the documents, unless the encoder has a token for them."""

    def __init__(self, documents: Iterable[Document], tokenizer: Tokenizer) -> None:
        texts = (document.text.lower() for document in documents)
        self._known = frozenset(word for text in texts for word in ANY_WORD.findall(text))
        self._words = sorted(word for word in self._known if WORD.fullmatch(word))
        self._tokenizer = tokenizer
        self._nearest = lru_cache(maxsize=4096)(self._find)

    def correct(self, text: str) -> str:
        """Return ``text`` with unknown words replaced by the nearest word of the documents."""
        return WORD.sub(lambda match: self._corrected(match.group()), text)

    def knows(self, text: str) -> bool:
        """Whether every word of ``text`` is one of the documents, or the encoder has it."""
        return all(self._is_known(word.lower()) for word in ANY_WORD.findall(text))

    def _corrected(self, word: str) -> str:
        return word if self._is_known(word.lower()) else self._nearest(word.lower()) or word

    def _is_known(self, lowered: str) -> bool:
        return lowered in self._known or len(self._tokenizer.tokens(lowered).ids) == 1

    def _find(self, word: str) -> str | None:
        slips = 2 if len(word) >= LONG_WORD else 1
        return nearest(word, self._words, slips)
