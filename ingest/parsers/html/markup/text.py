"""The characters of a text as a person sees them: white space folded, entities read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from ingest.blocks import Piece
from ingest.document import Span

TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\n\r\f\v\x85\u2028\u2029]{2,}|[\t\n\r\f\v\x85\u2028\u2029])
  | (?P<entity>&(?:\#[0-9]{1,9}|\#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?)
  | (?P<unseen>[\u00ad\u200b\u2060\ufeff]+)
    """,
    re.VERBOSE,
)
UNSEEN = "\u00ad\u200b\u2060\ufeff"
"""Places where a line may or may not be broken: not characters that a person sees."""
UNKNOWN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""Characters of which the file does not say what they are: control codes, private ones (symbol
fonts have them), and what a program put for those that it could not read."""
PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
BULLET = re.compile(rf"[ \t\n\r\f]*{PRIVATE.pattern}(?=[ \t\n\r\f])")
"""A private character that a blank sets apart from the text."""


def pieces_of(source: str, start: int, end: int, url: str | None = None) -> Iterator[Piece]:
    """Yield the characters of a stretch of text; a blank at either end is a piece of its own."""
    at = start
    for match in TOKEN.finditer(source, start, end):
        yield from _as_they_are(source, at, match.start(), url)
        at = match.end()
        if match["blank"]:
            yield Piece(" ", Span(match.start(), match.start() + 1), url=url)
        elif match["entity"]:
            yield from _entity(match, url)
    yield from _as_they_are(source, at, end, url)


def _as_they_are(source: str, start: int, end: int, url: str | None) -> Iterator[Piece]:
    first = start + (source[start:end].startswith(" "))
    last = end - (first < end and source[end - 1] == " ")
    for left, right in ((start, first), (first, last), (last, end)):
        if left < right:
            yield Piece(source[left:right], Span(left, right), url=url)


def _entity(match: re.Match[str], url: str | None) -> Iterator[Piece]:
    read = unescape(match.group())
    if read.isspace() and read != "\u00a0":
        read = " "
    if read.strip(UNSEEN):
        yield Piece(read, Span(*match.span()), url=url)


def plain(source: str, start: int, end: int) -> str:
    """Return the characters of a stretch of text, runs of white space as one space."""
    return "".join(piece.text for piece in pieces_of(source, start, end))


def unknown_in(piece: Piece) -> Iterator[int]:
    """Yield the offsets in the source of a piece's unknown characters."""
    if piece.source is None or (piece.text.isascii() and piece.text.isprintable()):
        return
    is_rewritten = len(piece.text) != len(piece.source)
    for match in UNKNOWN.finditer(piece.text):
        yield piece.source.start + (0 if is_rewritten else match.start())


def starts_of_words(piece: Piece) -> Iterator[int]:
    """Yield the offset in the source of each word of a piece; of one rewritten, where it begins."""
    if piece.source is not None and len(piece.text) == len(piece.source):
        for match in re.finditer(r"\S+", piece.text):
            yield piece.source.start + match.start()
    elif piece.source is not None:
        yield piece.source.start
