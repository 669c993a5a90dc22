"""How much text each element shows, and how much of it is links."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.parsers.html.markup.tree import Element, Tree

LISTS = frozenset({"ul", "ol", "dl", "menu"})
INTRODUCED = re.compile(r":\s*$")
INTRODUCES_LINKS = re.compile(
    r"\b(?:share|follow|read more|see also|related|links?|menu|pages?|contents?|tags?|categor\w+"
    r"|topics?|sections?)\b[^.]*:\s*$",
    re.I,
)
MARK = re.compile(r"[\s\d,;–—()\[\]*†‡§-]*")
"""What marks a citation or a note: not a link that a person would follow from a menu."""
NEAR = 60
"""Characters before a list that tell what it is a list of."""


@dataclass(slots=True)
class Amounts:
    """Of each element, by its position: visible characters without white space."""

    text: list[int]
    links: list[int]
    """Of these, those that are links, except marks and the items of lists that a text introduces:
    "It may cause: headache, rash"."""
    introduced: set[int]
    """Positions of the lists that a text introduces."""

    def add(self, element: Element, count: int, *, is_link: bool) -> None:
        """Count characters that stand in an element."""
        self.text[element.at] += count
        self.links[element.at] += count * is_link

    def sum_up(self, tree: Tree) -> None:
        """Add to each element what those inside it hold."""
        for element in reversed(tree.elements):
            if element.parent is not None:
                self.text[element.parent.at] += self.text[element.at]
                self.links[element.parent.at] += self.links[element.at]

    def prose(self, element: Element) -> int:
        """Return how many characters of an element are no link."""
        return self.text[element.at] - self.links[element.at]

    def density(self, element: Element) -> float:
        """Return the part of an element's text that is links, from 0 to 1."""
        return self.links[element.at] / self.text[element.at] if self.text[element.at] else 0.0


def measure(tree: Tree) -> Amounts:
    """Count the text of a file's elements, without those that are already left out."""
    amounts = Amounts([0] * len(tree.elements), [0] * len(tree.elements), set())
    n_links = n_introduced = n_hidden = 0
    tail = ""
    for event in tree.events:
        element = event.element
        if event.kind in ("open", "close"):
            step = 1 if event.kind == "open" else -1
            n_hidden += step * bool(element.reason)
            n_links += step * _leads_away(element)
            if step > 0 and element.tag in LISTS and _is_introduced(tail):
                amounts.introduced.add(element.at)
            n_introduced += step * (element.at in amounts.introduced)
        elif event.kind == "text" and not n_hidden:
            text = tree.source[event.start : event.end]
            tail = (tail + text.strip())[-NEAR:]
            is_link = bool(n_links) and not n_introduced and not MARK.fullmatch(text)
            amounts.add(element, len("".join(text.split())), is_link=is_link)
    amounts.sum_up(tree)
    return amounts


def _leads_away(element: Element) -> bool:
    return element.tag == "a" and "href" in element.attributes


def _is_introduced(tail: str) -> bool:
    return INTRODUCED.search(tail) is not None and INTRODUCES_LINKS.search(tail) is None
