"""Read the word tables: groups of phrases in a small notation, compiled as texts call for them.

The files are in ``words``. ``[lists]`` names word lists; every other table has groups of phrases.
A phrase is matched against folded text (``spelling.fold``), whole words only:

==================  ==============================================================
``chest pain``      these words, in this order
``a|b``             either word
``a|b_c``           the word or the two words
``word?``           the word or nothing
``bleed*``          any word that begins like this
``{person}``        any entry of the list ``person``
``..``              up to three more words, without a stop or a comma
``...``             up to six
``#`` and ``##``    any number, and one of two digits or more
``^`` and ``$``     the beginning and the end of the clause
==================  ==============================================================
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

WORDS = Path(__file__).with_name("words")
GAPS = {"..": 3, "...": 6}
GAP_WORD = r"(?![,.?!;] )\S+ "
NUMBERS = {"#": r"\d[\d.,/]*%?", "##": r"\d{2,}[\d.,/]*%?"}
ANCHORS = {"^": r"\A", "$": r"(?:[,.?!;] )*\Z"}


class Table(Protocol):
    """What a message may say, by group."""

    def has(self, text: str) -> bool:
        """Whether the folded text says any of it."""

    def groups_in(self, text: str) -> set[str]:
        """Return the names of the groups of which the folded text says something."""

    def starts(self, text: str) -> list[int]:
        """Return, for what it says, how much of the folded text may say before whose it is."""

    def without(self, text: str) -> str:
        """Return the folded text with what it says taken out."""


class Phrases:
    """Phrases of one group, used like one compiled pattern that finds any of them.

    Compiling all phrases takes a third of a second, and a text can say few of them: only those
    whose words it has are compiled. To leave out those that cannot match changes nothing.

    Args:
        phrases: in the notation of this module.
        lists: the word lists that they name.

    """

    def __init__(self, phrases: Sequence[str], lists: Mapping[str, Sequence[str]]) -> None:
        self._phrases, self._lists = tuple(phrases), lists
        self._compiled: dict[int, re.Pattern[str]] = {}

    @cached_property
    def whole(self) -> re.Pattern[str]:
        """A pattern that finds any of the phrases; the first that is listed where several begin."""
        return _compiled(self._phrases, self._lists)

    def search(self, text: str) -> re.Match[str] | None:
        """Return where one of the phrases occurs in the folded text, if any does."""
        for number in self._possible(text):
            if number not in self._compiled:
                self._compiled[number] = _compiled([self._phrases[number]], self._lists)
            if found := self._compiled[number].search(text):
                return found
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield where the phrases occur, as ``whole`` does."""
        if self.search(text):
            yield from self.whole.finditer(text)

    def sub(self, replacement: str, text: str) -> str:
        """Return the folded text with something else in the places of the phrases."""
        return self.whole.sub(replacement, text) if self.search(text) else text

    def _possible(self, text: str) -> Iterator[int]:
        """Yield the numbers of the phrases of which the text has every word."""
        by_word, others = self._places
        words = _words(text)
        found = [] if by_word.keys().isdisjoint(words) else by_word.keys() & words
        for number in {*others, *(number for word in found for number in by_word[word])}:
            if not any(need.isdisjoint(words) for need in self._needs[number]):
                yield number

    @cached_property
    def _places(self) -> tuple[Mapping[str, Sequence[int]], Sequence[int]]:
        """The numbers of phrases by the words of their rarest need, and those that need nothing."""
        by_word: dict[str, list[int]] = {}
        others = []
        for number, needs in enumerate(self._needs):
            if not needs:
                others.append(number)
            for word in needs[0] if needs else ():
                by_word.setdefault(word, []).append(number)
        return by_word, others

    @cached_property
    def _needs(self) -> Sequence[tuple[frozenset[str], ...]]:
        """What a text must have for each phrase to occur in it, the rarest first.

        Of each, one of these words, or a word that begins with one of these stems (``bleed*``).
        """
        of_token: dict[str, frozenset[str] | None] = {}
        for token in {token for phrase in self._phrases for token in phrase.split()}:
            of_token[token] = _need(token, self._lists)
        needs = ((of_token[token] for token in phrase.split()) for phrase in self._phrases)
        return tuple(tuple(sorted(filter(None, some), key=len)) for some in needs)


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases of one table, by group."""

    groups: Mapping[str, Phrases]

    def has(self, text: str) -> bool:
        """Whether any phrase occurs in the folded text."""
        return any(pattern.search(text) for pattern in self.groups.values())

    def groups_in(self, text: str) -> set[str]:
        """Return the names of the groups of which a phrase occurs in the folded text."""
        return {name for name, pattern in self.groups.items() if pattern.search(text)}

    def starts(self, text: str) -> list[int]:
        """Return where phrases begin in the folded text."""
        return [m.start() for pattern in self.groups.values() for m in pattern.finditer(text)]

    def without(self, text: str) -> str:
        """Return the folded text with its phrases taken out."""
        for pattern in self.groups.values():
            text = pattern.sub("", text)
        return text


def load_tables(*names: str, folder: Path = WORDS) -> dict[str, PhraseTable]:
    """Read the tables of some files of a folder, which share their lists."""
    lists: dict[str, list[str]] = {}
    tables: dict[str, dict[str, list[str]]] = {}
    for name in names:
        content = read_words(name, folder)
        lists |= {key: words.split() for key, words in content.pop("lists", {}).items()}
        tables |= content
    return {
        name: PhraseTable({group: Phrases(phrases, lists) for group, phrases in table.items()})
        for name, table in tables.items()
    }


def read_words(name: str, folder: Path = WORDS) -> dict[str, Any]:
    """Read one file of a folder."""
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def _compiled(phrases: Sequence[str], lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    choices = "|".join(_expression(phrase, lists) for phrase in phrases)
    return re.compile(rf"(?<!\S)(?:{choices})")


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    """Return the words of a text, and every stem that one of them begins with, with its star."""
    words = set(text.split())
    stems = {f"{word[:end]}*" for word in words for end in range(1, len(word) + 1)}
    return frozenset(words | stems)


def _need(token: str, lists: Mapping[str, Sequence[str]]) -> frozenset[str] | None:
    """Return what a text must have where a token of a phrase matches, or None for anything."""
    if token in ANCHORS or token in GAPS or token.endswith("?"):
        return None
    firsts = [first for word in token.split("|") for first in _firsts(word, lists)]
    return frozenset(firsts) if all(first.strip("*") for first in firsts) else None


def _firsts(word: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the first words of what a choice stands for, a stem with its star; "" for any."""
    if word in NUMBERS or word in ANCHORS:
        return [""]
    if word.startswith("{"):
        return [first for entry in lists[word.strip("{}")] for first in _firsts(entry, lists)]
    first, *others = word.split("_")
    return _firsts(first, lists) if others else [word]


def _expression(phrase: str, lists: Mapping[str, Sequence[str]]) -> str:
    return "".join(_token(token, lists) for token in phrase.split())


def _token(token: str, lists: Mapping[str, Sequence[str]]) -> str:
    if token in ANCHORS:
        return ANCHORS[token]
    if token in GAPS:
        return f"(?:{GAP_WORD}){{0,{GAPS[token]}}}"
    is_optional = token.endswith("?")
    words = token.rstrip("?").split("|")
    choices = [f"{choice} " for word in words if word != "$" for choice in _choices(word, lists)]
    if "$" in words:
        choices.append(ANCHORS["$"])
    return f"(?:{'|'.join(choices)})" + ("?" if is_optional else "")


def _choices(word: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    if word in NUMBERS:
        return [NUMBERS[word]]
    if word.startswith("{"):
        return [choice for entry in lists[word.strip("{}")] for choice in _choices(entry, lists)]
    if "{" in word:
        parts = ("|".join(_choices(part, lists)) for part in word.split("_"))
        return [" ".join(f"(?:{part})" for part in parts)]
    return [_stem(word)]


def _stem(word: str) -> str:
    word = word.replace("_", " ")
    return re.escape(word[:-1]) + r"\S*" if word.endswith("*") else re.escape(word)
