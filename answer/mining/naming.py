"""Names that a document gives to the same thing: short forms, brands, aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.document import Document

ALSO_CALLED = re.compile(
    r"\b(?P<name>[A-Z][\w-]{3,}(?: [a-z][\w-]{3,}){0,2}) "
    r"\((?P<brand>[A-Z][a-z][\w-]+)(?:,? (?:also )?(?:known|called|sold) as (?P<other>[\w-]+))?\)"
)
"""``Pembrolizumab (Keytruda)``, ``Afamitresgene autoleucel (Tecelra, also known as afami-cel)``."""


def names_in(document: Document) -> Iterator[frozenset[str]]:
    """Yield groups of names, in lower case, that stand for the same thing."""
    for abbreviation in document.abbreviations:
        yield frozenset((abbreviation.short.lower(), abbreviation.long.lower()))
    for match in ALSO_CALLED.finditer(document.text):
        yield frozenset(name.lower() for name in match.group("name", "brand", "other") if name)
