"""Widen words to emphasise until they say what their sentence says: with negation, unit and object.

The words that must not be parted are in ``words/emphasis.toml``. Where they cannot be had, nothing
is emphasised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from answer.notices.phrases import read_words

TABLE = read_words("emphasis", Path(__file__).with_name("words"))
NEGATIONS, AUXILIARIES, LIMITS, JOINTS, MODIFIERS, EDGES = (
    frozenset(TABLE[name]["words"].split())
    for name in ("negations", "auxiliaries", "limits", "joints", "modifiers", "edges")
)
ENDINGS = tuple(TABLE["modifiers"]["endings"].split())

TOKEN = re.compile(r"\w+(?:[-'’.,/]\w+)*%?|\S")
NUMBER = re.compile(r"\d[\d.,/]*%?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve")
BREAK = re.compile(r"[,;:.()\[\]]")
"""What parts the words of a sentence."""
REACH = 4
"""Most words between emphasised ones and a negation that is taken in. Chosen by hand: "no sign of
any", and no more of a sentence than stands out from it."""
MAX_MODIFIERS = 3
"""Most words taken in for an object. Chosen by hand."""


@dataclass(slots=True)
class _Words:
    """The words of a sentence, and which of them are emphasised."""

    tokens: list[str]
    """In lower case."""
    first: int
    last: int
    """The last that is."""

    def trim(self) -> bool:
        """Leave out stops, and words that end nothing; whether anything is left."""
        while self.first <= self.last and _is_stop(self.tokens[self.first]):
            self.first += 1
        while self.first <= self.last and _ends_nothing(self.tokens[self.last]):
            self.last -= 1
        return self.first <= self.last

    def take_in_measure(self) -> None:
        """Widen to the whole of a measure, with its unit and what limits it."""
        if not _is_number(self.token(self.first)) and _is_number(self.token(self.first - 1)):
            self.first -= 1
        while self.token(self.first - 1) in JOINTS and _is_number(self.token(self.first - 2)):
            self.first -= 2
        while self.token(self.last + 1) in JOINTS and _is_number(self.token(self.last + 2)):
            self.last += 2
        while _is_number(self.token(self.last)) and self._is_word(self.last + 1):
            self.last += 1
        while self.token(self.first - 1) in LIMITS:
            self.first -= 1

    def take_in_object(self) -> None:
        """Widen to the noun that the last words are about."""
        for _ in range(MAX_MODIFIERS):
            if not (_wants_more(self.token(self.last)) and self._is_word(self.last + 1)):
                return
            self.last += 1

    def take_in_negations(self) -> bool:
        """Widen to every negation of the sentence that is near; whether none is left outside."""
        outside = [at for at, token in enumerate(self.tokens) if _is_negation(token)]
        for at in outside:
            self._widen_to(at)
        while self.token(self.first - 1) in AUXILIARIES and _is_negation(self.token(self.first)):
            self.first -= 1
        return all(self.first <= at <= self.last for at in outside)

    def token(self, at: int) -> str:
        """Return a word; an empty one beyond the ends."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else ""

    def _widen_to(self, at: int) -> None:
        if self.first - REACH <= at < self.first and self._is_unbroken(at, self.first):
            self.first = at
        if self.last < at <= self.last + REACH and self._is_unbroken(self.last + 1, at):
            self.last = at + self._is_word(at + 1)

    def _is_unbroken(self, start: int, end: int) -> bool:
        return not any(BREAK.fullmatch(token) for token in self.tokens[start:end])

    def _is_word(self, at: int) -> bool:
        token = self.token(at)
        return token[:1].isalpha() and (token not in EDGES or token in LIMITS)


def whole(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the words to emphasise in a sentence, widened, or None if none should be.

    Args:
        sentence: its text.
        start: offset of the first character that would be emphasised.
        end: offset after the last one.

    """
    found = list(TOKEN.finditer(sentence))
    inside = [at for at, match in enumerate(found) if match.start() < end and start < match.end()]
    if not inside:
        return None
    words = _Words([match.group().lower() for match in found], inside[0], inside[-1])
    if not words.trim():
        return None
    words.take_in_measure()
    words.take_in_object()
    if not words.take_in_negations():
        return None
    words.take_in_object()
    if not _is_balanced(words.tokens[words.first : words.last + 1]):
        return None
    return found[words.first].start(), found[words.last].end()


def _is_number(token: str) -> bool:
    return NUMBER.fullmatch(token) is not None


def _is_negation(token: str) -> bool:
    return token in NEGATIONS or token.replace("’", "'").endswith(("n't", "can't"))


def _is_stop(token: str) -> bool:
    return not token[0].isalnum() and token not in LIMITS


def _ends_nothing(token: str) -> bool:
    return not token[0].isalnum() or (token in EDGES and not _is_negation(token))


def _wants_more(token: str) -> bool:
    return _is_negation(token) or token in MODIFIERS or token.endswith(ENDINGS)


def _is_balanced(tokens: Iterable[str]) -> bool:
    depth = 0
    for token in tokens:
        depth += (token in "([") - (token in ")]")
        if depth < 0:
            return False
    return depth == 0
