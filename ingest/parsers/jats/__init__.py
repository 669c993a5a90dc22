"""JATS, the XML in which journals and PubMed Central keep their articles."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.blocks import Draft
from ingest.errors import UnreadableFileError
from ingest.parsers.jats.decoding import decode
from ingest.parsers.jats.facts import find_facts
from ingest.parsers.jats.flow import Flow
from ingest.parsers.jats.made import Made
from ingest.parsers.jats.references import numbers_of_entries
from ingest.parsers.jats.tags import HEADS
from ingest.parsers.jats.xml import Element, read_xml

HEADED = ("sec", "boxed-text", "fig", "table-wrap")
"""With what a body begins that needs no heading of its own."""
LEFT_OUT = ("sub-article", "response")
FRONT = "front matter"


def parse(data: bytes) -> Draft:
    """Return the blocks of an article; ``Draft.source`` is its XML, white space and all.

    Raises:
        UnreadableFileError: if it is not well-formed, not an article, or made to do harm.

    """
    source = decode(data)
    article = read_xml(source)
    meta = article.at("front", "article-meta")
    if article.tag != "article" or meta is None:
        raise UnreadableFileError(
            f"is not a JATS article (its root element is {article.tag!r}); give the JATS XML of "
            "one article, with its front matter"
        )
    made = Made(numbers_of_entries(article))
    flow = Flow(made, dict(_floats_at_the_end(article)))
    _front(article, flow, made)
    _body(article, flow)
    for other in article.all(*LEFT_OUT):
        made.drop(other, "another article in the same file")
    return Draft(
        source,
        tuple(flow.blocks),
        tuple(made.dropped),
        has_headings=True,
        is_marked_up=True,
        doubtful=tuple(sorted(made.doubtful)),
        cited=tuple(made.cited),
        notes=tuple(_notes(article)),
        facts=tuple(find_facts(article, meta)),
    )


def _floats_at_the_end(article: Element) -> Iterator[tuple[str, Element]]:
    for number, element in enumerate(
        one for g in article.all("floats-group") for one in g.elements
    ):
        yield element.get("id") or f"#{number}", element


def _front(article: Element, flow: Flow, made: Made) -> None:
    """Write title and abstracts; the rest is in the facts."""
    for part in (one for front in article.all("front") for one in front.elements):
        if part.tag != "article-meta":
            made.drop(part, FRONT)
            continue
        for element in part.elements:
            if element.tag == "title-group":
                flow.title(*element.all("article-title", "subtitle"))
                for other in element.elements:
                    if other.tag not in ("article-title", "subtitle"):
                        made.drop(other, FRONT)
            elif element.tag == "abstract":
                flow.section(element, 2)
            else:
                made.drop(element, "translation" if element.tag == "trans-abstract" else FRONT)


def _body(article: Element, flow: Flow) -> None:
    has_abstract = article.at("front", "article-meta", "abstract") is not None
    for body in article.all("body"):
        first = next(body.elements, None)
        is_bare = first is not None and first.tag not in HEADED
        flow.heading(body, 2, is_implied=has_abstract and is_bare)
        flow.content(body, 2, without=HEADS)
    flow.rest()
    for back in article.all("back"):
        flow.heading(back, 2)
        flow.content(back, 2, without=HEADS)


def _notes(article: Element) -> Iterator[str]:
    if article.at("body") is None:
        yield "It holds no full text; only what stands before it was read."
    others = list(article.all(*LEFT_OUT))
    if others:
        yield f"Other articles stand in the same file and were not read: {len(others)}."
