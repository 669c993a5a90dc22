"""Find the document that a question names, to answer from that document alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from corpus.sources import Source

BEFORE_A_NAME = re.compile(
    r"\b(?:according to|in|from|by|per|does|did|of|what|which) ", re.IGNORECASE
)
ARTICLE = re.compile(r"(?:the|this|that) ", re.IGNORECASE)
WORD_EDGE = re.compile(r"(?<!\w)|(?!\w)")
WORD = re.compile(r"\w+")

TWO_SIDES = re.compile(
    r"\b(?:and|or|vs|versus|both|while|than|compared?|match(?:es)?|fits?|agrees?|too|also)\b|;",
    re.IGNORECASE,
)
"""Words of a question with a second part, which the other documents may answer."""


class Scope:
    """Knows what people call each document: its label, its publisher, "the guide"."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        words = Counter(word for s in sources for word in set(WORD.findall(s.label.lower())))
        for source in sources if len(sources) > 1 else ():
            for name in _names(source, words):
                self._called[name].add(source.doc_id)
        self._longest = max(map(len, self._called), default=0)

    def documents(self, question: str) -> tuple[str, ...] | None:
        """Return the one document that a question names, or None if it names none or several."""
        if TWO_SIDES.search(question):
            return None
        named = {
            doc_id
            for words in self._candidates(question.lower())
            for doc_id in self._called.get(words, ())
        }
        return (named.pop(),) if len(named) == 1 else None

    def _candidates(self, question: str) -> Iterator[str]:
        """Yield the words that may be a name: after "according to the", as far as names go."""
        for opening in BEFORE_A_NAME.finditer(question):
            article = ARTICLE.match(question, opening.end())
            for start in {opening.end(), article.end() if article else opening.end()}:
                for edge in WORD_EDGE.finditer(question, start, start + self._longest + 1):
                    yield question[start : edge.start()]


def _names(source: Source, words: Counter[str]) -> Collection[str]:
    """Return what people call a source.

    A label that its owner wrote ends with its kind: "the guide". One that was made of its facts
    does not, and a journal of one word ("Stroke") is what a question may be about.
    """
    kind = source.label.split(",")[0].lower()
    names = {kind, source.container.lower(), source.title.lower()}
    if not source.is_labelled:
        return {name for name in names if len(name.split()) > 1}
    last = WORD.findall(kind)[-1:]
    names.update(word for word in last if words[word] == 1)
    return names - {""}
