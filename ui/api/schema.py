"""An answer as programs get it: ``answer.schema`` with what is needed to judge each quote."""

from __future__ import annotations

from typing import Literal

from pydantic import NonNegativeInt, PositiveInt

from answer import schema
from answer.records import Offsets, Record, SourceStatus
from corpus import sources
from ui.cautions import Kind
from ui.references import Style


class Context(Record):
    """The text around a quote: `before`, quote and `after` are one stretch of the document."""

    before: str
    after: str
    starts_earlier: bool
    """Whether the section holds more before it."""
    goes_on: bool
    """Whether the section holds more after it."""


class Caution(Record):
    """What to know before relying on a quote or a source, in words."""

    kind: Kind
    """As in `status`; or `scan` if a machine read the quote from a scan."""
    text: str
    """A sentence."""
    link: str
    """The notice or newer version, or what a notice is about; empty if not known."""


class Quote(schema.Quote):
    """A verbatim stretch of a document, where it stands, and what is needed to judge it."""

    context: Context
    facts: tuple[str, ...]
    """Kind of evidence, year, publisher and place, in the order to show them."""
    cautions: tuple[Caution, ...]
    """What to show with it, the gravest first, and a retraction before it; often none."""
    dated: str
    """On what date it was true, in words; empty if its date is not needed beside it."""
    joined: str
    """What its parts were joined across, in words; empty if nothing was joined."""
    verified: bool
    """Whether it was found to match the indexed file, character for character."""
    link: str
    """The original, with the words to scroll to where that works; empty if not known."""
    cite_as: str
    """Its source in Vancouver style, with its place; `sources` has other styles."""


class Source(Record):
    """What is known about a document. Dates are ISO dates, possibly without day or month."""

    id: str
    title: str
    """Empty if unknown."""
    label: str
    """A few words that name it beside a quote."""
    authors: tuple[str, ...]
    """Given name first; an organisation as it calls itself."""
    published_in: str
    """The journal, or the publisher of a page."""
    issued: str
    """Empty if unknown."""
    revised: str
    """Date of the last revision; empty if unknown."""
    evidence: str
    """Kind of evidence by study design, not an appraisal; empty if unknown."""
    audience: sources.Audience | Literal[""]
    """Who it was written for; empty if unknown."""
    rights: str
    """On what terms it is here; empty if unknown."""
    doi: str
    """Empty if it has none."""
    link: str
    """The original; empty if not known."""
    references: dict[Style, str]
    """Its entry in a reference list, by style."""
    old: bool
    """Not revised for more than three years."""
    status: tuple[SourceStatus, ...]
    """What has happened to it since it was published, the gravest first; empty if nothing known."""
    cautions: tuple[Caution, ...]
    """The same in words."""


class Library(Record):
    """The documents that could be quoted."""

    documents: NonNegativeInt
    """How many there are."""
    newest: str
    """ISO date of the newest change to any of them; empty if unknown."""


class Part(schema.Part):
    """One of the questions in a message, answered by itself."""

    quotes: tuple[Quote, ...]
    """Best first, numbered as in the answer's `quotes`; empty when not found."""
    related: tuple[Quote, ...]
    """When not found: the closest quotes, which are not an answer."""


class Answer(schema.Answer):
    """Verbatim quotes and nothing else, or the finding that the documents do not answer."""

    quotes: tuple[Quote, ...]
    """Best first; empty when not found. With several parts, those of all parts, each once."""
    related: tuple[Quote, ...]
    """When not found: the closest quotes, which are not an answer."""
    parts: tuple[Part, ...]
    """If several questions were asked in one: each with its own quotes, or none. Else empty."""
    sources: dict[str, Source]
    """The source of each quote, by the id of its document."""
    library: Library


class SourceList(Record):
    """Every document that answers are quoted from."""

    documents: tuple[Source, ...]
    newest: str
    """ISO date of the newest change to any of them; empty if unknown."""


class PageShape(Record):
    """A page as it is shown: cropped and turned as its file says."""

    number: PositiveInt
    label: str
    """What the page calls itself ("iv", "271"); its number if it calls itself nothing."""
    width: float
    height: float
    """In points."""


class PageMark(Record):
    """A rectangle on a page; its sides are parts of the page's width or height, from 0 to 1."""

    page: PositiveInt
    left: float
    top: float
    right: float
    bottom: float


class Located(Record):
    """Where on the pages of its document a quote stands."""

    document: str
    span: Offsets
    """That of the quote."""
    detail: str
    """What to do if there are no marks; else empty."""
    pages: tuple[PageShape, ...]
    """All of the document."""
    marks: tuple[PageMark, ...]
    """Over exactly the quote, in its order, one a line."""
