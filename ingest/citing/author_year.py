"""Citations by author and year, "(Tawbi et al., 2017)", matched to a list that has no numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import Reference, Span

OF_NAMES = r"(?:[Vv]an|[Vv]on|[Dd]en?|[Dd]er|[Dd]el?|[Dd]i|[Dd]a|[Ll][ae]|[Tt]en?)"
NAME = rf"(?:{OF_NAMES}\s){{0,2}}[^\W\d_a-z][\w’'‐‑-]*"
"""A surname, with the small words that belong to it."""
YEAR = r"(?:1[89]|20)\d\d"
SECOND = rf"(?:and|&)\s(?P<second>{NAME})"
AUTHORS = rf"(?P<first>{NAME})(?:,?\s{SECOND}|,?\s(?P<others>et\sal\.?|and\scolleagues))?"
YEARS = rf"{YEAR}[a-z]?(?:,\s?(?:{YEAR}[a-z]?|[a-z]\b))*"
NARRATIVE = re.compile(rf"{AUTHORS}\s\((?P<years>{YEARS})\)")
"""As in "Tawbi et al. (2017)"."""
PARENTHESIS = re.compile(r"\(([^()]{4,400})\)")
INSIDE = re.compile(
    rf"(?:^|[;,]\s?|\b(?:see|by|in|and)\s){AUTHORS},?\s(?P<years>{YEARS})(?=\s*(?:[;,:]|$))"
)
"""Each of "(Smith and Jones, 2010; Lee, 2011a)"."""
ONE_YEAR = re.compile(rf"(?P<year>{YEAR})?(?P<letter>[a-z])?")
INITIALS = r"[^\W\d_a-z](?:\.?[\s‐‑-]?[^\W\d_a-z])*(?![\w’'])"
ENTRY = re.compile(rf"\W*(?P<first>{NAME})(?:,?\s{INITIALS}|,|\s)")
"""How an entry begins: a surname, and as a rule initials."""
IN_BRACKETS = re.compile(rf"\((?P<year>{YEAR})(?P<letter>[a-z])?\b[^()]{{0,20}}\)")
BEFORE_VOLUME = re.compile(rf"\b(?P<year>{YEAR})(?P<letter>[a-z])?(?=\s?[;:.])")
NEXT_NAME = re.compile(rf"(?:[,;]|\band|&)\s+(?:and\s|&\s)?(?P<second>{NAME})")
BEGINNING = 300
"""Characters of an entry in which its year is looked for first, and its authors."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a citation by author and year tells of an entry."""

    first: str
    """The first surname, folded."""
    year: str
    letter: str
    authors: str
    """What stands before the year, folded."""
    is_alone: bool
    """Whether it has one author."""


def entry_of(text: str) -> Entry | None:
    """Return what an entry of a reference list begins with; None if it has no author or year."""
    named = ENTRY.match(text)
    year = IN_BRACKETS.search(text, 0, BEGINNING) or BEFORE_VOLUME.search(text)
    if named is None or year is None or year.start() < named.end("first"):
        return None
    authors = text[: min(year.start(), BEGINNING)]
    rest = authors[named.end() :]
    return Entry(
        _folded(named["first"]),
        year["year"],
        year["letter"] or "",
        _folded(authors),
        is_alone=not NEXT_NAME.match(rest.lstrip(" .")) and "et al" not in rest,
    )


def by_author_and_year(
    text: str, references: Sequence[Reference]
) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield the place of each citation by author and year, and the numbers of what it cites.

    Where two entries fit a citation, it cites neither: a wrong reference beside a quote is worse
    than none.
    """
    entries: dict[tuple[str, str], list[tuple[int, Entry]]] = defaultdict(list)
    for reference in references:
        entry = entry_of(reference.text)
        if entry:
            entries[entry.first, entry.year].append((reference.number, entry))
    ends = min((reference.span.start for reference in references), default=len(text))
    for place, mark in _marks(text[:ends]):
        numbers = sorted(set(_cited(mark, entries)))
        if numbers:
            yield place, tuple(numbers)


def _marks(text: str) -> Iterator[tuple[Span, re.Match[str]]]:
    for mark in NARRATIVE.finditer(text):
        yield Span(*mark.span()), mark
    for outer in PARENTHESIS.finditer(text):
        for mark in INSIDE.finditer(outer[1]):
            start = outer.start(1)
            yield Span(start + mark.start("first"), start + mark.end()), mark


def _cited(
    mark: re.Match[str], entries: dict[tuple[str, str], list[tuple[int, Entry]]]
) -> Iterator[int]:
    year = ""
    for part in re.split(r",\s?", mark["years"]):
        found = ONE_YEAR.match(part)
        if found is None:
            continue
        year = found["year"] or year
        near = entries.get((_folded(mark["first"]), year), [])
        fit = [one for one in near if _fits(mark, found["letter"] or "", one[1])]
        if not mark["second"] and not mark["others"] and len(fit) > 1:
            fit = [one for one in fit if one[1].is_alone]
        if len(fit) == 1:
            yield fit[0][0]


def _fits(mark: re.Match[str], letter: str, entry: Entry) -> bool:
    if letter and letter != entry.letter:
        return False
    if mark["second"]:
        return _folded(mark["second"]) in entry.authors
    return not (mark["others"] and entry.is_alone)


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'")
