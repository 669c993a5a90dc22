"""What the tools for assistants return: the answer schema, and what is needed to cite a quote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from answer.quotes import Answer
from answer.schema import Json, to_json
from corpus.sources import Source
from ui.api.evidence import source_json
from ui.facts import newest_change
from ui.references import place_reference


class Record(BaseModel):
    """What is declared to assistants: the docstrings of its fields become descriptions."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Reference(Record):
    """A numbered reference that a quote cites: second-hand, the quote is not from it."""

    number: int
    text: str
    doi: str | None = None
    url: str | None = None


class Seam(Record):
    """A place where a quote was joined across something of the source file."""

    offset: int
    kind: str


class Quote(Record):
    """A verbatim stretch of a document, and where it stands."""

    number: int
    document: str
    """The document's id, a key of `sources`."""
    text: str
    """The document's own characters, unchanged."""
    cite_as: str
    """Vancouver citation with the place of the quote; `sources` has other styles."""
    span: list[int]
    """Start and end in the document's canonical text, in code points."""
    parts: list[str]
    """The stretches of the source file that the text holds."""
    seams: list[Seam]
    headings: list[str]
    locator: str
    page: int | None
    score: float
    """How sure it is, in [0, 1], that this answers the question."""
    references: list[Reference]
    emphasis: list[int] | None = None
    """Start and end of the words that answer, counted as in `span`; null if not known."""


class Facts(Record):
    """What is known about a source."""

    id: str
    title: str
    label: str
    authors: list[str]
    published_in: str
    issued: str
    revised: str
    """ISO date of the last revision; empty if unknown."""
    evidence: str
    """Kind of evidence by design; not an appraisal."""
    audience: str
    """Whom it was written for."""
    rights: str
    doi: str
    link: str
    references: dict[str, str]
    """The entry of a reference list, by style: vancouver, ama, apa."""


class Notice(Record):
    """A fixed sentence to show above the quotes."""

    kind: str
    text: str


class Searched(Record):
    """How much was searched."""

    documents: int
    passages: int


class AnswerRecord(Record):
    """An answer made of verbatim quotes and nothing else, or the finding that there is none."""

    question: str
    status: Literal["answered", "not_found"]
    quotes: list[Quote]
    """Best first; empty when not found."""
    related: list[Quote]
    """When not found: the closest quotes, which are not an answer."""
    notices: list[Notice]
    searched: Searched
    timing_ms: dict[str, float]
    sources: dict[str, Facts]
    """The source of each quote, by the id of its document."""


class SourceList(Record):
    """Every document that answers are quoted from."""

    documents: list[Facts]
    newest: str
    """ISO date of the newest revision among them; empty if unknown."""


def answer_record(answer: Answer, sources: Mapping[str, Source]) -> Json:
    """Return an answer as an ``AnswerRecord``."""
    record = to_json(answer)
    shown = (*answer.citations, *answer.related)
    for quote, citation in zip([*record["quotes"], *record["related"]], shown, strict=True):
        quote["cite_as"] = place_reference(citation, sources[citation.doc_id])
    quoted = dict.fromkeys(citation.doc_id for citation in shown)
    return record | {"sources": {doc_id: source_json(sources[doc_id]) for doc_id in quoted}}


def source_list(sources: Iterable[Source]) -> Json:
    """Return the sources as a ``SourceList``."""
    listed = list(sources)
    return {
        "documents": [source_json(source) for source in listed],
        "newest": newest_change(listed),
    }
