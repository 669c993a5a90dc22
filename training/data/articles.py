"""An article of PubMed Central (JATS) as the Markdown that training questions were written on.

Of tables only the captions are kept; formulas are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

LEFT_OUT = {"table", "disp-formula", "tex-math", "alternatives", "graphic", "media", "object-id"}
BLOCKS = {"p", "sec", "list", "fig", "table-wrap", "boxed-text", "disp-quote", "def-list"}
FOLDS = re.compile(r"\s+")


def markdown_of(article: etree._Element) -> str:
    """Return title, authors, abstract, body and references as Markdown."""
    front = article.find(".//article-meta")
    lines = [f"# {_text(front.find('.//article-title'))}", ", ".join(_authors(front))]
    for abstract in front.findall("abstract"):
        kind = abstract.get("abstract-type")
        if kind not in {"graphical", "teaser"}:
            lines += ["## Abstract", *_blocks(abstract, 3)]
    keywords = [_text(each) for each in front.findall(".//kwd")]
    if keywords:
        lines.append("Keywords: " + ", ".join(keywords))
    body = article.find("body")
    if body is not None:
        lines += _blocks(body, 2)
    references = [_reference(each) for each in article.findall("back//ref")]
    if references:
        numbered = (f"{number}. {each}" for number, each in enumerate(references, start=1))
        lines += ["## References", "\n".join(numbered)]
    return "\n\n".join(line for line in lines if line) + "\n"


def _authors(front: etree._Element) -> Iterator[str]:
    for name in front.findall(".//contrib[@contrib-type='author']/name"):
        given, family = name.findtext("given-names"), name.findtext("surname")
        yield f"{given or ''} {family or ''}".strip()


def _blocks(parent: etree._Element, level: int) -> Iterator[str]:
    for child in parent:
        match child.tag:
            case "title":
                continue
            case "sec":
                title = _text(child.find("title"))
                yield f"{'#' * min(level, 6)} {title}" if title else ""
                yield from _blocks(child, level + 1)
            case "p":
                yield from _paragraph(child, level)
            case "list":
                yield _list(child)
            case "fig" | "table-wrap":
                yield _caption(child)
            case "boxed-text" | "disp-quote" | "fig-group":
                yield from _blocks(child, level)


def _paragraph(paragraph: etree._Element, level: int) -> Iterator[str]:
    yield _text(paragraph)
    for child in paragraph:
        if child.tag in BLOCKS:
            yield from _blocks_of_one(child, level)


def _blocks_of_one(block: etree._Element, level: int) -> Iterator[str]:
    holder = etree.Element("holder")
    holder.append(etree.fromstring(etree.tostring(block, with_tail=False)))
    yield from _blocks(holder, level)


def _list(element: etree._Element) -> str:
    items = (" ".join(_text(p) for p in item.findall("p")) for item in element.findall("list-item"))
    return "\n".join(f"- {item}" for item in items if item)


def _caption(element: etree._Element) -> str:
    label = _text(element.find("label")).rstrip(".:")
    caption = element.find("caption")
    words = " ".join(_text(part) for part in caption) if caption is not None else ""
    return f"{label}. {words}".strip() if label and words else ""


def _reference(ref: etree._Element) -> str:
    citation = next((each for each in ref if each.tag != "label"), None)
    return FOLDS.sub(" ", " ".join(citation.itertext())).strip() if citation is not None else ""


def _text(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return FOLDS.sub(" ", "".join(_words(element))).strip()


def _words(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in LEFT_OUT and child.tag not in BLOCKS:
            yield from _words(child)
        yield child.tail or ""
