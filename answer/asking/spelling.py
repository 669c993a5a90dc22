"""Correct typing errors: an unknown word becomes the nearest word of the documents and tables."""

from __future__ import annotations

import re
from functools import lru_cache

from answer.likeness import nearest, within
from answer.mining.mined import Mined
from answer.mining.writing import ANY_WORD, SHORTEST
from answer.notices.spelling import KEY_WORDS, REAL_WORDS
from index.encoder import Tokenizer
from index.tokens import tokenize

WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},}}")
LONG_WORD = 8
"""From this length on, two slips are corrected; in shorter words, one. Chosen by hand."""


class Speller:
    """Corrects words to words of the documents, unless the encoder has a token for them.

    The words that the notices and the rules on risks listen for count as theirs: "complications".
    One of theirs with another ending is preferred: "injections" is not "infections".

    Args:
        mined: from the documents.
        tokenizer: of the encoder.

    """

    def __init__(self, mined: Mined, tokenizer: Tokenizer) -> None:
        self._mined, self._tokenizer = mined, tokenizer
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
        return self._mined.knows(lowered) or len(self._tokenizer.tokens(lowered).ids) == 1

    def _find(self, word: str) -> str | None:
        if word in REAL_WORDS:
            return None
        slips = 2 if len(word) >= LONG_WORD else 1
        near = within(word, sorted({*self._mined.near(word, slips), *KEY_WORDS}), slips)
        stems = [(known, tokenize(known)) for known in near]
        same = [known for stem in tokenize(word) for known, own in stems if stem in own]
        return nearest(word, same, slips) or nearest(word, near, slips)
