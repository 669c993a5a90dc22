"""Whether a hyphen at a line end belongs to the word or only to the line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ingest.parsers.pdf.layout.lines import Line

HYPHENS = "-\u2010\u00ad"
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
HEAD = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
TAIL = re.compile(r"[^\W\d_]+")
KEPT_BEFORE = frozenset(
    [
        "induced",
        "based",
        "related",
        "associated",
        "like",
        "type",
        "term",
        "derived",
        "mediated",
        "resistant",
        "dependent",
        "specific",
        "treated",
        "free",
        "positive",
        "negative",
        "control",
        "controlled",
        "reported",
        "fold",
        "risk",
        "care",
        "class",
        "old",
        "year",
        "day",
        "month",
        "week",
        "wide",
        "sensitive",
        "targeted",
        "driven",
        "linked",
        "adjusted",
        "matched",
        "center",
        "centre",
        "blind",
        "up",
        "guided",
        "free",
        "rich",
        "label",
        "grade",
        "dose",
    ]
)
"""What follows a hyphen in compounds that authors make at will."""
KEPT_AFTER = frozenset(
    [
        "well",
        "self",
        "high",
        "low",
        "double",
        "single",
        "open",
        "two",
        "three",
        "four",
        "five",
        "six",
    ]
)
"""What comes before it in such compounds."""
SEEN = 2
"""Times that both halves must stand alone for the word to be a compound."""
LONG = 4
"""Letters that each of such halves has at least."""


class Vocabulary:
    """The words that a document writes inside its lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words = Counter[str]()
        for line in lines:
            words = [match.group().lower() for match in WORD.finditer(line.text)]
            if line.ends_in_hyphen and words:
                words.pop()  # its first half only
            for word in words:
                self._count(word.replace("\u2010", "-"))

    def _count(self, word: str) -> None:
        self._words[word] += 1
        parts = word.split("-")
        for at in range(len(parts) - 1):
            if len(parts) > 2:
                self._words["-".join(parts[at : at + 2])] += 1
        if len(parts) > 1:
            self._words.update(parts)

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether the hyphen between two lines belongs to the word.

        Args:
            before: the text of the upper line, which ends in a hyphen.
            after: that of the lower.

        """
        head, tail = HEAD.search(before), TAIL.match(after)
        if head is None or tail is None:
            return True  # between digits, or before a bracket: "IL-" "6"
        left, right = head[1].lower(), tail.group().lower()
        joined, parted = self._words[left + right], self._words[f"{left}-{right}"]
        if joined or parted:
            return parted > joined
        if tail.group()[0].isupper() or head[1].isupper():
            return True  # no word has a capital inside
        if right in KEPT_BEFORE or (left in KEPT_AFTER and len(right) >= LONG):
            return True
        halves = min(self._words[left], self._words[right])
        return halves >= SEEN and min(len(left), len(right)) >= LONG
