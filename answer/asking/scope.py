"""Find the document that a question names, to answer from that document alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

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
        self._called: dict[str, str | None] = {}
        """The document that is called so; None if there are several."""
        last_words = _last_words(sources)
        for source in sources if len(sources) > 1 else ():
            for name in _names(source, last_words):
                if self._called.setdefault(name, source.doc_id) != source.doc_id:
                    self._called[name] = None
        self._longest = max(map(len, self._called), default=0)

    def documents(self, question: str) -> tuple[str, ...] | None:
        """Return the one document that a question names, or None if it names none or several."""
        if TWO_SIDES.search(question):
            return None
        candidates = self._candidates(question.lower())
        named = {self._called[words] for words in candidates if words in self._called}
        only = named.pop() if len(named) == 1 else None
        return None if only is None else (only,)

    def _candidates(self, question: str) -> Iterator[str]:
        """Yield the words that may be a name: after "according to the", as far as names go."""
        for opening in BEFORE_A_NAME.finditer(question):
            article = ARTICLE.match(question, opening.end())
            for start in {opening.end(), article.end() if article else opening.end()}:
                for edge in WORD_EDGE.finditer(question, start, start + self._longest + 1):
                    yield question[start : edge.start()]


def _names(source: Source, last_words: Collection[str]) -> Collection[str]:
    """Return what people call a source.

    A label that its owner wrote ends with its kind: "the guide". One that was made of its facts
    does not, and a journal of one word ("Stroke") is what a question may be about.
    """
    kind = _kind(source)
    names = {kind, source.container.lower(), source.title.lower()}
    if not source.is_labelled:
        return {name for name in names if len(name.split()) > 1}
    names.update(word for word in WORD.findall(kind)[-1:] if word in last_words)
    return names - {""}


def _last_words(sources: Sequence[Source]) -> Collection[str]:
    """Return the last words of kinds that owners wrote, if no other label has them."""
    found = {word for s in sources if s.is_labelled for word in WORD.findall(_kind(s))[-1:]}
    if not found:
        return ()
    labels = (found.intersection(WORD.findall(source.label.lower())) for source in sources)
    counts = Counter(chain.from_iterable(labels))
    return {word for word, count in counts.items() if count == 1}


def _kind(source: Source) -> str:
    return source.label.split(",")[0].lower()
