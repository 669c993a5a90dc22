"""Read the word tables: groups of phrases in a small notation, each compiled to one pattern.

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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases of one table, by group."""

    groups: Mapping[str, re.Pattern[str]]

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
        name: PhraseTable({group: compile_phrases(p, lists) for group, p in table.items()})
        for name, table in tables.items()
    }


def read_words(name: str, folder: Path = WORDS) -> dict[str, Any]:
    """Read one file of a folder."""
    return tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))


def compile_phrases(phrases: Sequence[str], lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Return a pattern that finds any of the phrases in folded text."""
    choices = "|".join(_expression(phrase, lists) for phrase in phrases)
    return re.compile(rf"(?<!\S)(?:{choices})")


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
