"""The languages in which emergencies and self-harm are recognised: English and ``CODES``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from answer.notices import spelling, texts
from answer.notices.emergency import Detector
from answer.notices.folding import Folding
from answer.notices.language import ENGLISH, is_foreign, words_of
from answer.notices.phrases import load_tables, read_words
from answer.notices.rules import Rule, RuleTable
from answer.notices.spelling import plain
from answer.notices.vitals import Vital, read_vitals
from answer.notices.vocabulary import Vocabulary

CODES = ("de", "es", "fr", "it", "pt", "tr", "pl")
MIN_KNOWN = 0.4
"""Share of a message's words that the language must have. Chosen by hand: of the emergencies in
``tests/data/notices_in_other_languages.jsonl`` every one has half."""
MIN_SHARE = 0.6
"""A message is read in every language with at least this share of the likeliest one's score.
Chosen by hand: Portuguese that is mostly also Spanish is read in both."""
MIN_SHARE_ENGLISH = 0.4
"""A message in another language is read in English too if it has at least this many English words
for each word of that language. Chosen by hand."""
TABLES = ("lists", "events", "symptoms", "circumstances", "self_harm")
"""The files of the English tables."""
NOT_A_WORD = re.compile(r"[^a-z*]+")
WORD = r"[^\s\d,.?!;]+"
"""What may stand between a vital sign's name and its value, in these languages."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: how its messages are read, and what the notices say in it."""

    code: str
    fold: Callable[[str], str]
    detector: Detector
    emergency: str
    self_harm: str
    language: str
    """That questions should be in English."""


def tongues_for(message: str) -> list[Tongue]:
    """Return the languages that a message may be written in, the likeliest first.

    Another language than English is likely if it has more of the message's words. A word that
    several languages have counts for each of them in part.
    """
    words = words_of(message)
    having = [_languages_with(word) for word in words]
    counts = {code: sum(code in codes for codes in having) for code in CODES}
    n_english = sum(word in ENGLISH for word in words)
    scores = {
        code: sum(1 / len(codes) for codes in having if code in codes)
        for code in CODES
        if counts[code] > n_english and counts[code] >= MIN_KNOWN * len(words)
    }
    enough = MIN_SHARE * max(scores.values(), default=0)
    likely = [code for code in scores if scores[code] >= enough]
    likely.sort(key=scores.__getitem__, reverse=True)
    n_foreign = max((counts[code] for code in likely), default=0)
    is_english = not is_foreign(message)
    if is_english or n_english >= MIN_SHARE_ENGLISH * n_foreign:
        n_known = sum(_english().knows(word) for word in words)
        likely.insert(0 if is_english and n_known >= n_foreign else len(likely), "en")
    return [read_tongue(code) for code in likely]


@cache
def read_tongue(code: str) -> Tongue:
    """Read the tables of a language: ``"en"``, or one of ``CODES``."""
    if code != "en":
        return _read_other(code)
    tables = load_tables(*TABLES)
    content = read_words("vitals")
    vitals = read_vitals(content["vital"], "|".join(content["between"].split()))
    detector = Detector(tables, vitals)
    return Tongue("en", spelling.fold, detector, texts.EMERGENCY, texts.SELF_HARM, texts.LANGUAGE)


def _read_other(code: str) -> Tongue:
    vocabulary = _vocabulary(code)
    content = _content(code)
    rules = read_words("rules")
    del rules["lists"]
    vitals = _read_vitals(rules.pop("vital"), vocabulary)
    tables = {name: _read_table(groups, vocabulary) for name, groups in rules.items()}
    return Tongue(
        code,
        Folding(vocabulary, content["short_forms"], _common(code)),
        Detector(tables, vitals),
        content["texts"]["emergency"],
        content["texts"]["self_harm"],
        content["texts"]["language"],
    )


def _read_table(groups: dict[str, list[str]], vocabulary: Vocabulary) -> RuleTable:
    rules = {group: [Rule.read(line) for line in lines] for group, lines in groups.items()}
    return RuleTable(rules, vocabulary)


def _read_vitals(rows: list[dict[str, Any]], vocabulary: Vocabulary) -> tuple[Vital, ...]:
    """Read vital signs whose names are ideas."""
    for row in rows:
        for key in row.keys() & {"names", "after"}:
            row[key] = [vocabulary.expression(idea) for idea in row[key]]
    return read_vitals(rows, WORD)


@cache
def _content(code: str) -> dict[str, Any]:
    return read_words(f"languages/{code}")


@cache
def _vocabulary(code: str) -> Vocabulary:
    words = read_words("rules")["lists"] | _content(code)["words"]
    return Vocabulary({idea: entries.split() for idea, entries in words.items()})


@cache
def _english() -> Vocabulary:
    """Return the words of the English tables."""
    tables = [table for name in TABLES for table in read_words(name).values()]
    phrases = [
        phrase
        for table in tables
        for group in table.values()
        for phrase in ([group] if isinstance(group, str) else group)
    ]
    words = {word for phrase in phrases for word in NOT_A_WORD.split(phrase) if word.strip("*")}
    return Vocabulary({"": [*words, *ENGLISH, *spelling.SHORT_FORMS]})


@cache
def _common(code: str) -> frozenset[str]:
    return frozenset(plain(word) for word in _content(code)["common"].split())


@lru_cache(maxsize=8192)
def _languages_with(word: str) -> tuple[str, ...]:
    """Return the languages that have the plain word, in which a message is then likelier to be."""
    return tuple(code for code in CODES if word in _common(code) or _vocabulary(code).knows(word))
