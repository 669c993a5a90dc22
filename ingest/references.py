"""The numbered records of a document: its references, its abbreviations, its keywords."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from ingest.blocks import Block
from ingest.document import Abbreviation, Document, Reference, Span

REFERENCE_HEADING = re.compile(
    r"(?:\d{1,2}\.?\s*)?"
    r"(?:references?(?: cited)?|bibliography|literature(?: cited)?|works cited|sources"
    r"|notes and references)\W*",
    re.IGNORECASE,
)
ABBREVIATIONS_LABEL = re.compile(r"abbreviations:\s*", re.IGNORECASE)
KEYWORDS = re.compile(r"key ?words?:\s*", re.IGNORECASE)
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]*[^\s\"<>.,;)\]]")
URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;)\]]")
CITED_PAGE = re.compile(
    r"\b(?:accessed|retrieved|available|viewed)\b.{0,12}\bhttps?://", re.IGNORECASE
)
DASHES = "‐‑–—−-"
"""In this order they can stand in a set of characters: the last would make a range elsewhere."""
CITATION = re.compile(rf"\[(\d{{1,3}}(?:\s*[,{DASHES}]\s*\d{{1,3}})*)\]")
DEFINED = re.compile(r"\s*(?P<short>[^\s:][^:]{0,20}):\s+(?P<long>[^\s:][^:]*)")
TABBED = re.compile(r"\s*(?P<short>[^\s\t][^\t]{0,40})\t(?P<long>\S.*)")
"""An entry of a list that the file marks as one of definitions."""
IN_BRACKETS = re.compile(r"\((?P<short>[A-Z][\w/&+α-ω-]{1,11}|[A-Za-z]+-[A-Z\d]+)\)")
NO_LONG_FORM = re.compile(r"(?:and|or|of|the|with|for|in|to|by|a|an)\b", re.IGNORECASE)
"""Words with which no long form begins: there the letters fit by chance."""
REACH = 200
"""Longest long form in characters; the longest in 121 medical texts has 111."""


def is_reference_heading(text: str) -> bool:
    """Whether a heading announces a reference list."""
    return REFERENCE_HEADING.fullmatch(text) is not None


def is_abbreviations_heading(text: str) -> bool:
    """Whether a heading announces a list of abbreviations."""
    return text.lower().startswith("abbreviations")


def is_reference(text: str) -> bool:
    """Whether a paragraph outside a reference list is a bibliographic entry."""
    return CITED_PAGE.search(text) is not None


def reference(number: int, span: Span, block: Block) -> Reference:
    """Return the record of one entry, with the DOI and link in its text."""
    text = block.text
    doi, url = DOI.search(text), URL.search(text)
    link = next((piece.url for piece in block.pieces if piece.url), None)
    return Reference(
        number,
        span,
        text,
        doi=doi.group() if doi else None,
        url=link or (url.group() if url else None),
    )


def cited_numbers(text: str) -> tuple[int, ...]:
    """Return the reference numbers cited in brackets, ``"[8-10]"`` as 8, 9, 10, in order."""
    return tuple(sorted(set(chain.from_iterable(numbers for _, numbers in in_brackets(text)))))


def in_brackets(text: str) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """Yield the place of each citation in brackets and the reference numbers it cites, in order."""
    for match in CITATION.finditer(text):
        numbers: set[int] = set()
        for part in re.split(r"\s*,\s*", match[1]):
            first, *last = (int(n) for n in re.split(rf"\s*[{DASHES}]\s*", part))
            numbers.update(range(first, (last or [first])[0] + 1))
        yield Span(*match.span()), tuple(sorted(numbers))


def cited_in(document: Document, span: Span) -> tuple[int, ...]:
    """Return the reference numbers cited in a stretch of a document, in order.

    Where the document says which of its characters are citations, "[2, 5]" is no other.
    """
    if not document.cited:
        return cited_numbers(document.quote(span))
    cited = (numbers for place, numbers in document.cited if span.covers(place))
    return tuple(sorted(set(chain.from_iterable(cited))))


def keywords(text: str, start: int) -> Iterator[Span]:
    """Yield the span of each keyword of a "Keywords: a; b" line that begins at ``start``."""
    label = KEYWORDS.match(text)
    if label:
        for word in re.finditer(r"[^\s;,][^;,]*[^\s;,.]", text[label.end() :]):
            yield Span(start + label.end() + word.start(), start + label.end() + word.end())


def abbreviations(text: str, is_list: Iterable[Span]) -> tuple[Abbreviation, ...]:
    """Return what the text says its short forms stand for: the first definition of each, in order.

    Definitions are lists ("UPS: undifferentiated pleomorphic sarcoma; CR: …") at the given spans,
    and long forms followed by the short form in brackets, matched letter by letter from the right
    (Schwartz and Hearst, PSB 2003).
    """
    found: dict[str, Abbreviation] = {}
    listed = (entry for span in is_list for entry in _listed(text, span))
    for abbreviation in chain(listed, _in_brackets(text)):
        found.setdefault(abbreviation.short, abbreviation)
    return tuple(sorted(found.values(), key=lambda a: a.span))


def _listed(text: str, span: Span) -> Iterator[Abbreviation]:
    """Yield the entries of a list such as "CR: complete response; PR: partial response"."""
    for part in re.finditer(r"[^;]+", text[span.start : span.end]):
        entry = TABBED.fullmatch(part.group()) or DEFINED.fullmatch(part.group())
        if entry is None:
            continue
        long = entry["long"].rstrip()
        if span.start + part.end() == span.end:
            long = long.removesuffix(".").rstrip() or long
        start = span.start + part.start()
        where = Span(start + entry.start("short"), start + entry.start("long") + len(long))
        yield Abbreviation(entry["short"], long, where)


def _in_brackets(text: str) -> Iterator[Abbreviation]:
    for match in IN_BRACKETS.finditer(text):
        end = match.start()
        while end and text[end - 1].isspace():
            end -= 1
        first = max(end - REACH - 1, 0)
        start = _long_form(text[first:end], match["short"])
        if start is not None:
            long = text[first + start : end]
            yield Abbreviation(match["short"], long, Span(first + start, match.end()))


def _long_form(before: str, short: str) -> int | None:
    """Return where the long form before a bracket begins, or None if no letters fit."""
    shift = max(len(before) - REACH, 0)
    words = list(re.finditer(r"[^\s()\[\].;:,]+", before[shift:]))[-(len(short) + 5) :]
    at = len(before) - 1
    for position, letter in enumerate(reversed(short.lower())):
        if not letter.isalnum():
            continue
        is_first = position == len(short) - 1
        while at >= 0 and (
            before[at].lower() != letter or (is_first and at > 0 and before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    start = at + 1
    if NO_LONG_FORM.match(before, start):
        return None
    return (
        start if any(shift + word.start() <= start < shift + word.end() for word in words) else None
    )
