"""The rows of a table, every cell with the columns and rows that it covers."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.blocks import Block
from ingest.parsers.jats.inline import pieces_of
from ingest.parsers.jats.made import Made
from ingest.parsers.jats.xml import Element
from ingest.tables.grid import NESTED, Read, blocks_of, spans

CELLS = ("td", "th")


def rows_of(table: Element, made: Made) -> list[Block] | str:
    """Return the rows of a table, or why it is left out."""
    if any(inner is not table for inner in table.iter("table", "table-wrap", "fig")):
        return NESTED
    heads = list(_rows(table, "thead"))
    body = list(_rows(table, "tbody"))
    if not heads and body and _is_head(body[0]):
        heads = [body.pop(0)]
    trial = Made(made.numbers)
    blocks = blocks_of(_read(heads, trial), _read(body, trial))
    if not isinstance(blocks, str):
        made.take(trial)
        for part in table.elements:
            if part.tag not in ("thead", "tbody", "tr"):
                made.drop(part, "notes of a table")
    return blocks


def _rows(table: Element, part: str) -> Iterator[Element]:
    """Yield the rows of a part; those in none are the table's body."""
    for child in table.elements:
        if child.tag == part:
            yield from child.all("tr")
        elif child.tag == "tr" and part == "tbody":
            yield child


def _is_head(row: Element) -> bool:
    """Whether all that is written in a row is in head cells or bold."""
    bold = "".join(one.text for one in row.iter("th", "bold"))
    return bool(row.text) and "".join(bold.split()) == "".join(row.text.split())


def _read(rows: list[Element], made: Made) -> list[list[Read]]:
    return [
        [
            Read(pieces_of(made, cell), spans(cell.get("colspan")), spans(cell.get("rowspan")))
            for cell in row.all(*CELLS)
        ]
        for row in rows
    ]
