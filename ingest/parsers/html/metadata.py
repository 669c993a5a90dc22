"""What an HTML file says of itself in its head: citation tags, Dublin Core, JSON-LD, Open Graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.parsers.html.markup.text import plain
from ingest.parsers.html.markup.tree import Element, Event, Tree

MOST_OBJECTS = 2000
"""Of one block of JSON-LD that are looked at."""
MOST_WORKS = 20
WORKS = frozenset({
    "article", "scholarlyarticle", "medicalscholarlyarticle", "newsarticle", "blogposting",
    "report", "webpage", "medicalwebpage", "techarticle", "book", "chapter", "dataset",
    "creativework", "publicationissue", "faqpage", "medicalguideline",
    "medicalguidelinerecommendation",
})  # fmt: skip
"""Types that are the work itself, and not its publisher, its site or a part of its path."""


@dataclass(slots=True)
class Metadata:
    """What is written beside the text; empty where the file says nothing."""

    metas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The contents of its meta elements by name in lower case, in their order."""
    works: list[dict[str, Any]] = field(default_factory=list)
    """Objects of JSON-LD that are the work."""
    title: str = ""
    lang: str = ""
    licences: list[str] = field(default_factory=list)
    """Addresses of links that say they lead to the licence."""

    def first(self, *names: str) -> str:
        """Return the first content there is under these names, else nothing."""
        found = (value for name in names for value in self.metas.get(name, ()))
        return next(found, "")

    @property
    def titles(self) -> tuple[str, ...]:
        """Everything that the page calls its title, best first."""
        found = (
            self.first("citation_title"), self.first("dc.title", "dcterms.title"),
            *(str(work.get("headline") or work.get("name") or "") for work in self.works),
            self.first("og:title", "twitter:title"), self.title,
        )  # fmt: skip
        return tuple(title for title in found if title)


def read_metadata(tree: Tree) -> Metadata:
    """Return what the file says of itself; what cannot be read is missing, never an error."""
    found = Metadata()
    for element in tree.elements:
        _note(found, element)
    for event in tree.events:
        if event.kind == "text" and event.element.tag == "title" and not found.title:
            found.title = " ".join(plain(tree.source, event.start, event.end).split())
        elif event.kind == "raw" and _is_linked_data(event):
            found.works += _works(tree.source[event.start : event.end])
            del found.works[MOST_WORKS:]
    return found


def _note(found: Metadata, element: Element) -> None:
    values = element.attributes
    if element.tag == "meta":
        name = values.get("name") or values.get("property") or values.get("itemprop", "")
        content = " ".join(values.get("content", "").split())
        if name and content:
            found.metas[name.lower().replace("dc:", "dc.")].append(content)
    elif element.tag == "html":
        found.lang = values.get("lang") or values.get("xml:lang", "")
    elif element.tag in ("link", "a") and "license" in values.get("rel", "").lower().split():
        found.licences.append(values.get("href", "").strip())


def _is_linked_data(event: Event) -> bool:
    kind = event.element.attributes.get("type", "").lower()
    return event.element.tag == "script" and kind.startswith("application/ld+json")


def _works(text: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    left, seen = [data], 0
    while left and seen < MOST_OBJECTS:
        one = left.pop(0)
        seen += 1
        if isinstance(one, list):
            left[:0] = one[:MOST_OBJECTS]
        elif isinstance(one, dict):
            if _types(one) & WORKS:
                yield one
            left += [one[key] for key in ("@graph", "mainEntity") if key in one]


def _types(one: dict[str, Any]) -> set[str]:
    kinds = one.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return {str(kind).lower() for kind in kinds}
