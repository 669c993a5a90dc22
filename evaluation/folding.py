r"""Fold texts so that the judge can compare them: white space, case and mark-up do not count.

A folded text is NFKC in lower case without spaces and without the mark-up characters of Markdown
and LaTeX. ``×`` and ``\times`` become x, ``\alpha`` becomes α, and the address of a Markdown link
is dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

MARKS = frozenset("*_$#[]\\`•")
SPELLED = {"\\times": "x", "\\alpha": "α", "\\beta": "β", "\\gamma": "γ"}
MARKUP = re.compile(r"(?P<address>\]\([^)\n]*\))|\\(?:times|alpha|beta|gamma)")
TWO_WORDS = 12
"""Folded characters, about two words: texts with less in common count as unrelated."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text."""

    text: str
    offsets: tuple[int, ...]
    """For each character of ``text``, the offset in the original that it comes from."""


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Return ``text`` folded, and where each character of it was."""
    kept = list(_kept(text))
    return Folded("".join(letter for letter, _ in kept), tuple(offset for _, offset in kept))


@lru_cache(maxsize=65536)
def shared(shown: str, gold: str) -> tuple[int, int]:
    """Return the longest stretch of ``gold`` that ``shown`` also contains, as ``(start, end)``.

    Args:
        shown: folded text.
        gold: folded text; the offsets are positions in it.

    Returns:
        ``(0, 0)`` if the two are unrelated, see ``TWO_WORDS``.

    """
    if shown in gold:
        start = gold.index(shown)
        return start, start + len(shown)
    if gold in shown:
        return 0, len(gold)
    if not any(gold[at : at + TWO_WORDS] in shown for at in range(len(gold) - TWO_WORDS + 1)):
        return 0, 0
    longest = SequenceMatcher(None, shown, gold, autojunk=False).find_longest_match()
    return longest.b, longest.b + longest.size


def _kept(text: str) -> Iterator[tuple[str, int]]:
    done = 0
    for markup in MARKUP.finditer(text):
        yield from _plain(text, done, markup.start())
        if not markup["address"]:
            yield SPELLED[markup.group()], markup.start()
        done = markup.end()
    yield from _plain(text, done, len(text))


def _plain(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    for offset in range(start, end):
        for letter in _letters(text[offset]):
            yield letter, offset


@cache
def _letters(character: str) -> str:
    """Return what one character is folded to: often itself, sometimes several, or nothing."""
    if character == "×":
        return "x"
    letters = unicodedata.normalize("NFKC", character).lower()
    return "".join(letter for letter in letters if not letter.isspace() and letter not in MARKS)
