"""Read rules of ideas ("no + breathe"), which each language expresses in words of its own.

In most languages the order of words is freer than in English, and a word has many forms. Their
tables therefore name ideas, in ``words/rules.toml`` once for all; ``vocabulary.py`` finds them.

=============  =======================================================================
``a``          the idea occurs
``a + b``      both occur, within ``WINDOW`` words, in either order
``a > b``      the second follows the first directly, or after one word
``a + b - c``  the third does not occur among them, nor end directly before them
``^ a``        the idea begins the clause
``a $``        the idea ends the clause
=============  =======================================================================
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from answer.notices.vocabulary import GONE, STOPS, Place, Vocabulary

WINDOW = 12
"""Words from the first to the last of a rule; German puts verbs last. Chosen by hand."""
START, END = "^", "$"
FILLER = "filler"
"""The idea that may stand before the one that begins a clause."""
NO = "no"
"""The idea that may be part of another one's word: Turkish negates with an ending."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of ideas that must occur near each other."""

    wanted: tuple[str, ...]
    ideas: frozenset[str]
    """The wanted ones."""
    unwanted: tuple[str, ...]
    followers: tuple[int, ...]
    """Which of the wanted ideas must follow the one before directly."""
    is_first: bool
    """The first idea begins the clause."""
    is_last: bool
    """The last idea ends the clause."""

    @classmethod
    def read(cls, line: str) -> Rule:
        """Read a rule in the notation of this module."""
        signs = ["+", *line.removeprefix(START).removesuffix(END).split()]
        pairs = list(zip(signs[::2], signs[1::2], strict=True))
        wanted = [(sign, idea) for sign, idea in pairs if sign != "-"]
        return cls(
            wanted=tuple(idea for _, idea in wanted),
            ideas=frozenset(idea for _, idea in wanted),
            unwanted=tuple(idea for sign, idea in pairs if sign == "-"),
            followers=tuple(i for i, (sign, _) in enumerate(wanted) if sign == ">"),
            is_first=line.startswith(START),
            is_last=line.endswith(END),
        )

    def holds_in(self, text: str, vocabulary: Vocabulary) -> bool:
        """Whether the ideas occur in the folded text as the rule says."""
        found = vocabulary.found_in(text)
        if not found.keys() >= self.ideas:
            return False
        first, *others = (found[idea] for idea in self.wanted)
        return any(
            self._fits((place, *rest), text, vocabulary)
            for place in first
            for rest in product(*(_near(place, places) for places in others))
        )

    def _fits(self, places: tuple[Place, ...], text: str, vocabulary: Vocabulary) -> bool:
        if self.is_first and not _begins(places[0][0], text, vocabulary):
            return False
        if self.is_last and not _ends(places[-1][1], text):
            return False
        if any(not 0 <= places[i][0] - places[i - 1][1] <= 1 for i in self.followers):
            return False
        start, end = min(places)[0], max(end for _, end in places)
        if (end - start > WINDOW and len(places) > 1) or self._overlap(places):
            return False
        return not any(
            place[0] < end and place[1] >= start
            for idea in self.unwanted
            for place in vocabulary.places(idea, text)
        )

    def _overlap(self, places: tuple[Place, ...]) -> bool:
        """Whether a word stands for two of the ideas."""
        pairs = zip(self.wanted, places, strict=True)
        apart = sorted(place for idea, place in pairs if idea != NO)
        return any(after[0] < before[1] for before, after in pairwise(apart))


@dataclass(frozen=True, slots=True)
class RuleTable:
    """The rules of one table, by group, and the words of a language."""

    groups: Mapping[str, Sequence[Rule]]
    vocabulary: Vocabulary

    def has(self, text: str) -> bool:
        """Whether any rule holds in the folded text."""
        return any(self._holding(text))

    def groups_in(self, text: str) -> set[str]:
        """Return the names of the groups of which a rule holds in the folded text."""
        return set(self._holding(text))

    def starts(self, text: str) -> list[int]:
        """Return how much of the folded text may say whose it is: all, as the order is free."""
        return [len(text)] if self.has(text) else []

    def without(self, text: str) -> str:
        """Return the folded text with the ideas of its rules taken out."""
        ideas = [idea for rules in self.groups.values() for rule in rules for idea in rule.wanted]
        return self.vocabulary.without(ideas, text)

    def _holding(self, text: str) -> Iterator[str]:
        for name, rules in self.groups.items():
            if any(rule.holds_in(text, self.vocabulary) for rule in rules):
                yield name


def _near(place: Place, places: Sequence[Place]) -> Sequence[Place]:
    """Return the places that begin within the window around one."""
    return places[
        bisect_left(places, (place[0] - WINDOW, 0)) : bisect_left(places, (place[0] + WINDOW, 0))
    ]


def _begins(word: int, text: str, vocabulary: Vocabulary) -> bool:
    """Whether only fillers and stops stand before a word of the text."""
    fillers = {i for place in vocabulary.places(FILLER, text) for i in range(*place)}
    before = text.split()[:word]
    return all(i in fillers or token in {*STOPS, GONE} for i, token in enumerate(before))


def _ends(word: int, text: str) -> bool:
    """Whether the word is a stop, or beyond the text."""
    return text.split()[word : word + 1] in ([], *([stop] for stop in STOPS))
