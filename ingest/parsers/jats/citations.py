"""Which entries of the reference list a citation names, ranges included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.parsers.jats.xml import Element, Text

DASH = re.compile(r"\s*[-‐‑–—−⁻]\s*")
CITING = ("bibr", "ref", "")
"""Kinds of cross-references that lead to the list: the standard's, and those of two publishers."""
RANGE = re.compile(r"\W*(\d{1,4})\s*[-‐‑–—−]\s*(\d{1,4})\W*")
WIDEST = 200
"""Entries in a range; a wider one is no range."""


@dataclass(frozen=True, slots=True)
class Place:
    """A citation among the pieces ``[first, last)`` of a text."""

    first: int
    last: int
    numbers: tuple[int, ...]


def numbers_of(citation: Element, numbers: Mapping[str, int]) -> tuple[int, ...]:
    """Return the entries that one ``xref`` names; "12–14" can name the first only."""
    named = [numbers[name] for name in citation.get("rid").split() if name in numbers]
    written = RANGE.fullmatch(citation.text)
    if written and named and named[0] == int(written[1]):
        return (named[0], *between(named[0], int(written[2])), int(written[2]))
    return tuple(named)


def between(first: int, last: int) -> range:
    """Return the numbers between two that a dash joins."""
    return range(first + 1, last) if 0 < last - first <= WIDEST else range(0)


def numbers_within(element: Element, numbers: Mapping[str, int]) -> tuple[int, ...]:
    """Return the entries that all citations in an element name."""
    found: list[int] = []
    text = ""
    for node in _leaves(element):
        if isinstance(node, Text):
            text += node.text
            continue
        named = numbers_of(node, numbers)
        if found and named and DASH.fullmatch(text):
            found += between(found[-1], named[0])
        found += named
        text = ""
    return tuple(sorted(set(found)))


def _leaves(element: Element) -> Iterator[Element | Text]:
    """Yield the citations in an element and the text outside them, in order."""
    if is_citation(element):
        yield element
        return
    for child in element.children:
        if isinstance(child, Text):
            yield child
        else:
            yield from _leaves(child)


def is_citation(element: Element) -> bool:
    """Whether an element points to the reference list."""
    return element.tag == "xref" and element.get("ref-type") in CITING
