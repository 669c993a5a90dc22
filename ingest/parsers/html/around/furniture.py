"""What of a page is not its text: by element, role, name, and by how much of it is links.

Each part that is left out is given its reason here; nothing is removed. No rule knows a site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.parsers.html.around.amounts import Amounts, measure
from ingest.parsers.html.around.names import (
    AUTHORS,
    REFERENCES,
    RELATED,
    hides,
    is_called,
    reason_of,
)
from ingest.parsers.html.markup.elements import BLOCKS, HEADINGS
from ingest.parsers.html.markup.text import plain
from ingest.parsers.html.markup.tree import Element, Tree
from ingest.references import is_reference_heading

NEVER_SHOWN = {
    "script": "script", "style": "style", "template": "template",
    "noscript": "text without scripts", "head": "head", "title": "head",
    "iframe": "embedded page", "object": "embedded object", "applet": "embedded object",
    "embed": "embedded object", "audio": "embedded object", "video": "embedded object",
    "canvas": "embedded object", "svg": "picture", "map": "picture", "noembed": "embedded page",
    "noframes": "embedded page", "xmp": "code", "datalist": "control", "select": "control",
    "textarea": "control", "input": "control", "output": "control", "progress": "control",
    "meter": "control", "rp": "reading aid", "rt": "reading aid", "del": "struck out",
    "s": "struck out", "strike": "struck out", "annotation": "formula code",
    "annotation-xml": "formula code",
}  # fmt: skip
"""Elements that show no text, or text that is not the author's, and why they are left out."""
TAGS = {
    "nav": "navigation", "menu": "navigation", "aside": "aside", "form": "form",
    "footer": "page footer", "header": "page header", "dialog": "pop-up", "search": "form",
}  # fmt: skip
ROLES = {
    "navigation": "navigation", "menu": "navigation", "menubar": "navigation",
    "toolbar": "navigation", "tablist": "navigation", "banner": "page header",
    "contentinfo": "page footer", "search": "form", "form": "form", "complementary": "aside",
    "dialog": "pop-up", "alertdialog": "pop-up", "doc-toc": "navigation",
    "doc-pagelist": "navigation",
}  # fmt: skip
STYLE_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
OF_TEXT = frozenset({"article", "main", "section", "blockquote", "figure"})
"""Elements whose own header and footer are part of the text, or about it."""
CONTAINERS = frozenset({"div", "section", "ul", "ol", "dl", "td", "table", "article", "center"})
NAMED = BLOCKS - HEADINGS - {"table", "figure", "figcaption", "caption"}
"""Elements whose names count: that of words in a line ("tooltip") says what a click does."""
MOST_PROSE = 0.5
"""Part of a page's prose above which no name or tag makes an element furniture: pages are wrapped
in forms, and in elements called after the menu beside them."""
MOST_LINKS = 0.5
"""Part of an element's characters above which it is a list of links. By-lines and reference lists,
which have as many, are told by what they are called."""


def mark_unseen(tree: Tree) -> None:
    """Mark what nobody sees on the page."""
    for element in tree.elements:
        element.reason = element.reason or _unseen(element)


def _unseen(element: Element) -> str:
    tag, values = element.tag, element.attributes
    if tag in NEVER_SHOWN:
        return NEVER_SHOWN[tag]
    if tag in ("html", "body", "main", "article"):
        return ""
    is_hidden = "hidden" in values and values["hidden"].lower() != "until-found"
    if is_hidden or values.get("aria-hidden", "").lower() == "true":
        return "hidden"
    if STYLE_HIDDEN.search(values.get("style", "")[:1000]) or hides(element):
        return "hidden"
    return ""


def mark_furniture(tree: Tree) -> Amounts:
    """Mark what stands around the text; return the amounts of text as they were before."""
    amounts = measure(tree)
    most = MOST_PROSE * amounts.prose(tree.root)
    headings = dict(_headings(tree, amounts))
    of_text = _inside(tree, OF_TEXT)
    kept = _references(tree, headings)
    for element in tree.elements[1:]:
        if element.reason or not amounts.text[element.at]:
            continue
        if element.tag in ("html", "body", "main") or amounts.prose(element) > most:
            continue
        heading = headings.get(element.at, "")
        is_of_text = of_text[element.at]
        element.reason = _by_kind(element, is_of_text) or _by_name(element, heading, is_of_text)
        if element.at in amounts.introduced:
            element.reason = ""
        elif not element.reason and element.at not in kept:
            element.reason = _by_links(element, amounts)
    return amounts


def _by_kind(element: Element, is_of_text: bool) -> str:
    reason = TAGS.get(element.tag, "") or ROLES.get(element.attributes.get("role", "").lower(), "")
    is_own = is_of_text and element.tag == "header"
    if element.tag == "button":
        return "" if _is_in_heading(element) else "control"
    return "" if is_own or (element.tag == "footer" and _quotes(element)) else reason


def _by_name(element: Element, heading: str, is_of_text: bool) -> str:
    if element.tag not in NAMED:
        return ""
    if heading and RELATED.fullmatch(heading.strip(" :")):
        return "related links"
    reason = reason_of(element, heading)
    return "" if is_of_text and reason == "page header" else reason


def _by_links(element: Element, amounts: Amounts) -> str:
    if element.tag not in CONTAINERS or amounts.density(element) <= MOST_LINKS:
        return ""
    return "" if is_called(AUTHORS, element) else "mostly links"


def _is_in_heading(element: Element) -> bool:
    """Whether a button is what a heading consists of, as where sections can be folded."""
    parent = element.parent
    for _ in range(3):
        if parent is None:
            return False
        if parent.tag in HEADINGS or parent.tag in ("summary", "dt"):
            return True
        parent = parent.parent
    return False


def _quotes(element: Element) -> bool:
    return element.parent is not None and element.parent.tag in ("blockquote", "figure", "table")


def _inside(tree: Tree, tags: frozenset[str]) -> list[bool]:
    """Return of each element whether it is in one of these."""
    inside = [False] * len(tree.elements)
    for element in tree.elements[1:]:
        if element.parent is not None:
            inside[element.at] = inside[element.parent.at] or element.parent.tag in tags
    return inside


def _headings(tree: Tree, amounts: Amounts) -> Iterator[tuple[int, str]]:
    """Yield the position of each element that is, or begins with, a heading, and its text."""
    first: dict[int, Element] = {}
    for element in reversed(tree.elements[1:]):
        if element.parent is not None and amounts.text[element.at]:
            first[element.parent.at] = element
    for element in tree.elements:
        text = heading_text(tree, element) if element.tag in HEADINGS else ""
        if not text:
            continue
        yield element.at, text
        inside, around = element, element.parent
        while around is not None and first.get(around.at) is inside:
            yield around.at, text
            inside, around = around, around.parent


def heading_text(tree: Tree, element: Element) -> str:
    """Return what a heading says, without its mark-up."""
    source = tree.source[element.inner : min(element.end, element.inner + 2000)]
    bare = re.sub(r"<[^>]*>?", "", source)
    return " ".join(plain(bare, 0, len(bare)).split())


def _references(tree: Tree, headings: dict[int, str]) -> set[int]:
    """Return the positions of all elements in reference lists: links are what they consist of."""
    kept: set[int] = set()
    until = 0
    for element in tree.elements[1:]:
        role = element.attributes.get("role", "").lower()
        is_list = role in ("doc-bibliography", "doc-endnotes") or is_called(REFERENCES, element)
        if is_list or is_reference_heading(headings.get(element.at, "")):
            is_heading = element.tag in HEADINGS and element.parent is not None
            until = max(
                until, element.parent.last if is_heading and element.parent else element.last
            )
        if element.at < until:
            kept.add(element.at)
    return kept
