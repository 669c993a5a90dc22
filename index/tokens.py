"""Split text into the tokens of BM25: folded and stemmed words, numbers, hyphenated names.

Passages and questions go through the same function, so what matters is not how a token looks
but which spellings share it: ``PD-1`` and ``PD1``, ``TNF-α`` and ``TNF alpha``, ``3,900`` and
``3900``, ``Sjögren`` and ``Sjogren``, ``diseases`` and ``disease``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import Stemmer

_STOP_WORDS = """
    a an the this that these those
    and or but if than as of at by for from in into on onto to with about between
    am is are was were be been being do does did has have had can could may might will would
    shall should must i me my you your he she it its we us our they them their there
    what which who whom whose when where why how
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""English words that show what kind of sentence it is, not what it is about: articles, common
prepositions, auxiliaries, pronouns, question words. Negations (no, not, without) are kept."""

ACRONYMS = frozenset({"WHO", "US", "IT"})
"""Names that are stop words only in lower case."""

MAX_TOKEN_CHARS = 64
"""Longer tokens (web addresses, sequences of bases) are cut to this length, in passages and
questions. Chosen by hand."""

REMEMBERED = 50_000
"""Words of which the tokens are remembered, about 15 MB: so articles take half as long."""

_MARKS = "".join(
    mark for mark in map(chr, range(0x300, 0xFFFF)) if unicodedata.category(mark).startswith("M")
)
# Scripts written without spaces: Thai to Burmese, Khmer, kana and Han.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)*"
_WORD = rf"[^\W\d_](?:[^\W_]|[{_MARKS}])*"
_ATOM = re.compile(f"{_NUMBER}|{_WORD}")
_COMPOUND = re.compile(f"(?:{_NUMBER}|{_WORD})(?:[-‐‑‒–−]?(?:{_NUMBER}|{_WORD}))*")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")  # soft hyphen, zero widths, BOM
_RAISED = "⁰¹²³⁴-⁹ᵃ-ᵛʰ-ˣⁱⁿᶜᶠᶻ"
_SUPERSCRIPT = re.compile(rf"(?:(?<=[^\W\d_{_RAISED}]{{3}})|(?<=\d))(?=[{_RAISED}])")
_CONTRACTION = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|d|m))\b", re.IGNORECASE)
_RAISED_POINT = re.compile(r"(?<=\d)·(?=\d)")
_BARE_POINT = re.compile(r"(?<![\w.])(?=\.\d)")
_GREEK_LETTER = re.compile("(?<![α-ωΑ-Ω])[α-ωΑ-Ω](?![α-ωΑ-Ω])")


def tokenize(text: str) -> list[str]:
    """Return the tokens of ``text`` in reading order, repeats included, none with a space.

    A hyphenated or mixed word gives its parts, each pair of neighbours joined, and the whole
    joined: ``PD-1`` gives ``pd``, ``1`` and ``pd1``. Numbers keep their decimals and lose their
    thousands commas; a range of numbers is not joined. A Greek letter without Greek neighbours
    is spelled out. In scripts without spaces, every two neighbouring characters form a token.
    Endings are removed by the English Snowball stemmer, whatever the language.
    """
    tokens: list[str] = []
    for found in _COMPOUND.finditer(_unify(text)):
        compound = found.group()
        tokens += (_remembered if len(compound) <= MAX_TOKEN_CHARS else _tokens)(compound)
    return tokens


def _tokens(compound: str) -> tuple[str, ...]:
    # Made for each call (0.4 µs): a stemmer must not be shared between threads.
    stem = Stemmer.Stemmer("english").stemWord
    return tuple(stem(_fold(word))[:MAX_TOKEN_CHARS] for word in _words(compound))


_remembered = lru_cache(REMEMBERED)(_tokens)


def _unify(text: str) -> str:
    """Return ``text`` with one spelling for what people read as the same; case is kept."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    # A raised digit is a note mark or a power: "trial¹²" is not "trial12". "CO₂" is "CO2".
    text = unicodedata.normalize("NFKC", _SUPERSCRIPT.sub(" ", text))
    text = _CONTRACTION.sub("", text)
    text = _BARE_POINT.sub("0", _RAISED_POINT.sub(".", text))
    text = _UNSPACED_RUN.sub(lambda run: f" {run.group()} ", text)
    return _GREEK_LETTER.sub(_spell_out, text)


def _spell_out(letter: re.Match[str]) -> str:
    """Return ``alpha`` for ``α`` and ``Α``."""
    return unicodedata.name(letter.group()).split()[-1].lower()


def _words(compound: str) -> Iterator[str]:
    """Yield the words by which ``compound`` can be found, without stop words."""
    if _UNSPACED_RUN.match(compound):
        yield from (compound[i : i + 2] for i in range(max(len(compound) - 1, 1)))
        return
    parts = [part.replace(",", "") for part in _ATOM.findall(compound)]
    yield from (part for part in parts if not _is_stop_word(part))
    pairs = pairwise(parts) if len(parts) > 2 else ()
    for joined in (*pairs, parts):
        if len(joined) > 1 and any(not part[0].isdigit() for part in joined):
            yield "".join(joined)


def _is_stop_word(part: str) -> bool:
    return part not in ACRONYMS and part.casefold() in STOP_WORDS


def _fold(word: str) -> str:
    """Return ``word`` folded to lower case, without the accents of European scripts."""
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", word.casefold()))
    return unicodedata.normalize("NFC", bare)
