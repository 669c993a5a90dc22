"""Other names for the same thing, mined from the documents: short forms, brands, aliases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ingest.document import Document

ALSO_CALLED = re.compile(
    r"\b(?P<name>[A-Z][\w-]{3,}(?: [a-z][\w-]{3,}){0,2}) "
    r"\((?P<brand>[A-Z][a-z][\w-]+)(?:,? (?:also )?(?:known|called|sold) as (?P<other>[\w-]+))?\)"
)
"""``Pembrolizumab (Keytruda)``, ``Afamitresgene autoleucel (Tecelra, also known as afami-cel)``."""


class Names:
    """Which names stand for the same thing in a body of documents."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        others: defaultdict[str, set[str]] = defaultdict(set)
        self.groups = tuple(frozenset(name.lower() for name in group) for group in groups)
        """Names in lower case that stand for the same thing."""
        for names in self.groups:
            for name in names:
                others[name] |= names - {name}
        self._others: Mapping[str, set[str]] = others
        longest_first = sorted(others, key=len, reverse=True)
        alternatives = "|".join(re.escape(name) for name in longest_first)
        self._any = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if longest_first else None

    def others(self, text: str) -> tuple[str, ...]:
        """Return the other names, in lower case, of everything that ``text`` names, in order."""
        if self._any is None:
            return ()
        lowered = text.lower()
        found = [match.group() for match in self._any.finditer(lowered)]
        names = (name for term in found for name in sorted(self._others[term]))
        return tuple(dict.fromkeys(name for name in names if name not in found))


def mine_names(documents: Iterable[Document]) -> Names:
    """Return the names that documents give to the same thing."""
    return Names(group for document in documents for group in _groups(document))


def _groups(document: Document) -> Iterator[tuple[str, ...]]:
    for abbreviation in document.abbreviations:
        yield abbreviation.short, abbreviation.long
    for match in ALSO_CALLED.finditer(document.text):
        yield tuple(name for name in match.group("name", "brand", "other") if name)
