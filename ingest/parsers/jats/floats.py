"""Figures and tables: their captions are quoted, what they hold is left out."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.blocks import Block
from ingest.parsers.jats.inline import pieces_of
from ingest.parsers.jats.made import Made
from ingest.parsers.jats.tags import HIDDEN
from ingest.parsers.jats.xml import Element, Text

TAGS = frozenset(["fig", "fig-group", "table-wrap", "table-wrap-group", "supplementary-material"])
INSIDE = {
    "table": "table",
    "table-wrap-foot": "notes of a table",
    "alternatives": "picture",
    "attrib": "credit",
    "permissions": "credit",
}
"""What figures and tables hold, and why it is left out."""


def is_float(element: Element) -> bool:
    """Whether an element is a figure, a table or a file beside the text."""
    return element.tag in TAGS


def caption_of(element: Element, made: Made) -> Iterator[Block]:
    """Yield the caption of a figure or table, and those of the figures inside it."""
    if element.tag == "supplementary-material":
        made.drop(element, "supplementary file")
        return
    labels, captions = list(element.all("label")), list(element.all("caption"))
    loose = [child for child in element.children if isinstance(child, Text)]
    pieces = pieces_of(made, *labels, *captions, *loose)
    if pieces:
        name = " ".join(label.text for label in labels).rstrip(".:| ")
        yield Block("caption", pieces, label=name)
    for child in element.elements:
        if is_float(child):
            yield from caption_of(child, made)
        elif child.tag not in ("label", "caption"):
            has_table = child.tag == "alternatives" and any(child.iter("table"))
            made.drop(child, "table" if has_table else _reason(child))


def _reason(element: Element) -> str:
    return INSIDE.get(element.tag) or HIDDEN.get(element.tag) or "part of a figure or table"
