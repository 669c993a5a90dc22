"""A sheet as part of an address: where each of its quotes stands, never the quote itself.

The text is JSON in a fixed order, compressed, in the letters that an address may have. What comes
back from an address can be anything; ``unpack`` returns a sheet within our limits or refuses it.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from answer.asking.filter import Filter
from answer.asking.question import MAX_CHARS
from corpus.checks import is_safe_name
from ingest.document import Span

LONGEST = 16_000
"""Characters of a link's own part; browsers take more, and a sheet of twelve questions with notes
has fewer."""
MOST_BYTES = 200_000
"""Bytes that a link may unfold to."""
MOST_QUESTIONS, MOST_PARTS, MOST_DOCUMENTS = 12, 5, 100
MOST_QUOTES = 300
"""On a sheet: three times what twelve questions usually have. Each is looked up and shown."""
MAX_TITLE, MAX_NOTE = 120, 500
"""Characters."""
FARTHEST = 1_000_000_000
"""Characters of a document: far more than any has."""

DAMAGED = "This link holds no sheet that can be opened. Ask whoever made it for a new one."


class LinkError(Exception):
    """A link that cannot be opened; the message says so to the visitor."""


@dataclass(frozen=True, slots=True)
class LinkedQuote:
    """Where a quote stands."""

    doc_id: str
    span: Span
    is_dated: bool
    """Whether the date of its source stands beside it."""


@dataclass(frozen=True, slots=True)
class LinkedPart:
    """One of the questions of a message, or the only one, which has no words of its own."""

    question: str
    quotes: tuple[LinkedQuote, ...]


@dataclass(frozen=True, slots=True)
class LinkedQuestion:
    """A question of a sheet."""

    question: str
    earlier: tuple[str, ...]
    """The questions that it was read with, oldest first."""
    note: str
    parts: tuple[LinkedPart, ...]
    """One if the question has no parts."""
    within: str = ""
    """The text of the filter that it was asked with; empty if everything was searched."""


@dataclass(frozen=True, slots=True)
class LinkedSheet:
    """What a link to a sheet holds."""

    title: str
    version: str
    """Of the library that it was made from."""
    fingerprints: Mapping[str, str]
    """Of each quoted document, by doc_id."""
    questions: tuple[LinkedQuestion, ...]


_Words = Annotated[str, Field(max_length=MAX_CHARS)]
_Name = Annotated[str, Field(max_length=300)]
_Digest = Annotated[str, Field(pattern="^[0-9a-f]{12}$")]
_Offset = Annotated[int, Field(ge=0, le=FARTHEST)]
_Quote = tuple[
    Annotated[int, Field(ge=0, lt=MOST_DOCUMENTS)],
    _Offset,
    Annotated[int, Field(ge=1, le=FARTHEST)],
    Annotated[int, Field(ge=0, le=1)],
]
_Part = tuple[_Words, list[_Quote]]
_Asked = Annotated[str, Field(min_length=1, max_length=MAX_CHARS)]
_Earlier = Annotated[list[_Words], Field(max_length=50)]
_Note = Annotated[str, Field(max_length=MAX_NOTE)]
_Parts = Annotated[list[_Part], Field(min_length=1, max_length=MOST_PARTS)]
_Question = tuple[_Asked, _Earlier, _Note, _Parts] | tuple[_Asked, _Earlier, _Note, _Parts, _Words]
_PACKED = TypeAdapter(
    tuple[
        Annotated[str, Field(max_length=MAX_TITLE)],
        _Digest,
        Annotated[list[tuple[_Name, _Digest]], Field(max_length=MOST_DOCUMENTS)],
        Annotated[list[_Question], Field(min_length=1, max_length=MOST_QUESTIONS)],
    ]
)
"""How a link is packed: title, version, documents with their fingerprints; each question with its
earlier ones, its note, its parts, each with its quotes (the document's number, start, length, and
whether it is dated), and the text of its filter if it has one."""


def pack(sheet: LinkedSheet) -> str:
    """Return a sheet as part of an address; empty if it is too large for one."""
    doc_ids = list(sheet.fingerprints)
    questions = [
        (
            *(one.question, one.earlier, one.note, [_packed(part, doc_ids) for part in one.parts]),
            *([one.within] if one.within else []),
        )
        for one in sheet.questions
    ]
    packed = (sheet.title, sheet.version, list(sheet.fingerprints.items()), questions)
    if not _is_within_limits(packed):
        return ""
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":")).encode()
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    letters = base64.urlsafe_b64encode(deflate.compress(text) + deflate.flush()).decode()
    link = letters.rstrip("=")
    return link if len(link) <= LONGEST and len(text) <= MOST_BYTES else ""


def unpack(link: str) -> LinkedSheet:
    """Return the sheet that ``pack`` put into an address.

    Raises:
        LinkError: if it is anything else.

    """
    try:
        title, version, documents, questions = _PACKED.validate_json(_unfolded(link), strict=True)
    except (ValidationError, ValueError, zlib.error) as error:
        raise LinkError(DAMAGED) from error
    if not all(is_safe_name(doc_id) for doc_id, _ in documents):
        raise LinkError(DAMAGED)
    if _n_quotes(questions) > MOST_QUOTES:
        raise LinkError(DAMAGED)
    try:
        unpacked = tuple(_question(one, [doc_id for doc_id, _ in documents]) for one in questions)
    except IndexError as error:
        raise LinkError(DAMAGED) from error
    return LinkedSheet(title, version, dict(documents), unpacked)


def _is_within_limits(packed: object) -> bool:
    try:
        _, _, _, questions = _PACKED.validate_python(packed)
    except ValidationError:
        return False
    return _n_quotes(questions) <= MOST_QUOTES


def _n_quotes(questions: list[_Question]) -> int:
    return sum(len(quotes) for question in questions for _, quotes in question[3])


def _packed(part: LinkedPart, doc_ids: list[str]) -> tuple[str, list[tuple[int, int, int, int]]]:
    return part.question, [
        (doc_ids.index(one.doc_id), one.span.start, len(one.span), int(one.is_dated))
        for one in part.quotes
    ]


def _unfolded(link: str) -> bytes:
    if len(link) > LONGEST:
        raise LinkError(DAMAGED)
    padded = link.encode() + b"=" * (-len(link) % 4)
    try:
        letters = base64.b64decode(padded, altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise LinkError(DAMAGED) from error
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    text = inflate.decompress(letters, MOST_BYTES)
    if not inflate.eof or inflate.unused_data:
        raise LinkError(DAMAGED)
    return text


def _question(one: _Question, doc_ids: list[str]) -> LinkedQuestion:
    question, earlier, note, parts, *within = one
    return LinkedQuestion(
        question=question,
        earlier=tuple(earlier),
        note=note,
        parts=tuple(
            LinkedPart(
                words,
                tuple(
                    LinkedQuote(doc_ids[number], Span(start, start + length), bool(dated))
                    for number, start, length, dated in quotes
                ),
            )
            for words, quotes in parts
        ),
        within=Filter.read("".join(within)).text,
    )
