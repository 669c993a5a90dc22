"""Find the document that a question names, to answer from that document alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.sources import Source

NAMED = r"\b(?:according to|in|from|by|per|does|did|of|what|which) (?:the |this |that )?{names}\b"

TWO_SIDES = re.compile(
    r"\b(?:and|or|vs|versus|both|while|than|compared?|match(?:es)?|fits?|agrees?|too|also)\b|;",
    re.IGNORECASE,
)
"""Words of a question with a second part, which the other documents may answer."""


class Scope:
    """Knows what people call each document: its label, its publisher, "the guide"."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._named = [
            (source.doc_id, _pattern(_names(source, sources)))
            for source in sources
            if len(sources) > 1
        ]

    def documents(self, question: str) -> tuple[str, ...] | None:
        """Return the one document that a question names, or None if it names none or several."""
        if TWO_SIDES.search(question):
            return None
        named = [doc_id for doc_id, pattern in self._named if pattern.search(question)]
        return (named[0],) if len(named) == 1 else None


def _names(source: Source, sources: Iterable[Source]) -> list[str]:
    kind = source.label.split(",")[0].lower()
    names = [kind, source.container.lower(), source.title.lower()]
    last = kind.split()[-1]
    others = [other.label.lower() for other in sources if other is not source]
    if not any(last in label for label in others):
        names.append(last)
    return sorted((name for name in names if name), key=len, reverse=True)


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(name) for name in names)
    return re.compile(NAMED.format(names=f"(?:{alternatives})"), re.IGNORECASE)
