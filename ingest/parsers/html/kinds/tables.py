"""Tables that hold a page in columns, and tables that hold figures."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.parsers.html.around.amounts import Amounts
from ingest.parsers.html.markup.elements import HEADINGS
from ingest.parsers.html.markup.tree import Tree

LONG_CELL = 400
"""Characters of a cell from which it holds text: more than a cell of 21 papers' tables has."""


@dataclass(slots=True)
class _Table:
    is_layout: bool = False
    has_head: bool = False
    n_cells: int = 0


def layout_tables(tree: Tree, amounts: Amounts) -> set[int]:
    """Return the positions of tables that only arrange a page: their cells are text.

    So does a table that says so, holds a table, a heading or long text, or has one cell; unless it
    has a caption or head cells.
    """
    tables: dict[int, _Table] = {}
    near = [-1] * len(tree.elements)
    for element in tree.elements[1:]:
        around = near[element.parent.at] if element.parent else -1
        near[element.at] = around
        if element.tag == "table":
            near[element.at] = element.at
            role = element.attributes.get("role", "").lower()
            tables[element.at] = _Table(is_layout=role in ("presentation", "none"))
        if around < 0:
            continue
        table = tables[around]
        table.n_cells += element.tag == "td"
        table.has_head |= element.tag in ("th", "caption", "thead")
        is_text = element.tag == "td" and amounts.text[element.at] > LONG_CELL
        table.is_layout |= is_text or element.tag in HEADINGS or element.tag == "table"
    return {
        at
        for at, table in tables.items()
        if (table.is_layout or table.n_cells <= 1) and not table.has_head
    }
