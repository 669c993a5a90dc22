"""Figures and tables: their captions and the rows of tables are quoted, the rest is left out."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.blocks import Block
from ingest.parsers.jats.inline import pieces_of
from ingest.parsers.jats.made import Made
from ingest.parsers.jats.tables import rows_of
from ingest.parsers.jats.tags import HIDDEN
from ingest.parsers.jats.xml import Element, Text

TAGS = frozenset(["fig", "fig-group", "table-wrap", "table-wrap-group", "supplementary-material"])
INSIDE = {
    "table-wrap-foot": "notes of a table",
    "alternatives": "picture",
    "attrib": "credit",
    "permissions": "credit",
}
"""What figures and tables hold, and why it is left out."""
SECOND = "second table under a caption"


def is_float(element: Element) -> bool:
    """Whether an element is a figure, a table or a file beside the text."""
    return element.tag in TAGS


def blocks_of_float(element: Element, made: Made) -> Iterator[Block]:
    """Yield the caption of a figure or table, its rows, and those of what is inside it."""
    if element.tag == "supplementary-material":
        made.drop(element, "supplementary file")
        return
    labels, captions = list(element.all("label")), list(element.all("caption"))
    loose = [child for child in element.children if isinstance(child, Text)]
    pieces = pieces_of(made, *labels, *captions, *loose)
    if pieces:
        name = " ".join(label.text for label in labels).rstrip(".:| ")
        yield Block("caption", pieces, label=name)
    is_first = True
    for child in element.elements:
        tables = list(child.iter("table")) if child.tag in ("table", "alternatives") else []
        if is_float(child):
            yield from blocks_of_float(child, made)
        elif tables:
            yield from _table(child, tables[0], made, is_first=is_first)
            is_first = False
        elif child.tag not in ("label", "caption"):
            made.drop(child, _reason(child))


def _table(element: Element, table: Element, made: Made, *, is_first: bool) -> Iterator[Block]:
    """Yield the rows of a table; the caption is that of the first."""
    rows = rows_of(table, made) if is_first else SECOND
    if isinstance(rows, str):
        made.drop(table, rows)
    else:
        yield from rows
    if element is not table:
        for other in element.elements:
            if other is not table:
                made.drop(other, _reason(other))


def _reason(element: Element) -> str:
    return INSIDE.get(element.tag) or HIDDEN.get(element.tag) or "part of a figure or table"
