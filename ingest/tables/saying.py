"""What a row of a table says, for searching and reading: these texts are never shown."""

from __future__ import annotations

from ingest.document import Document, Sentence, Span
from ingest.tables.parts import Cell, Row, Table, row_at

MOST_CAPTION = 300
"""Characters of a caption that are searched with each row: of the longer ones in 1,298 articles,
the rest explains signs and methods."""
MOST_HEAD = 300
"""Characters of a head, likewise: the heads over a row's own cells are beside them anyway."""


def table_of(document: Document, sentence: Sentence) -> tuple[Table, Row] | None:
    """Return the table and the row that a sentence is; None unless it is a row."""
    found = row_at(document.tables, sentence.span) if sentence.kind == "row" else None
    return found and (found[0], found[0].rows[found[1]])


def caption_of(document: Document, table: Table) -> str:
    """Return the beginning of a table's caption; empty without one."""
    return document.quote(table.caption)[:MOST_CAPTION] if table.caption else ""


def above(document: Document, sentence: Sentence) -> str:
    """Return what stands over a row: caption and head of its table; empty unless it is a row."""
    found = table_of(document, sentence)
    if found is None:
        return ""
    caption, head = caption_of(document, found[0]), document.quote(found[0].head)[:MOST_HEAD]
    return f"{caption}\n{head}" if caption else head


def said(document: Document, sentence: Sentence) -> str:
    """Return a row with the head of each cell beside it; the text of any other sentence.

    "Side effects, Nausea, Placebo: 3 (4%), Drug: 12 (15%)": written out, because neither the
    encoder nor the reader sees columns.
    """
    found = table_of(document, sentence)
    if found is None:
        return sentence.text
    table, row = found
    group = [document.quote(row.group)] if row.group else []
    cells = [_cell(document, table, cell) for cell in row.cells if cell.span]
    return ", ".join([*group, *cells])


def _cell(document: Document, table: Table, cell: Cell) -> str:
    text = _quote(document, cell.span)
    heads = " ".join(document.quote(span) for span in table.over(cell)) if cell.column else ""
    return f"{heads}: {text}" if heads else text


def _quote(document: Document, span: Span | None) -> str:
    return document.quote(span) if span else ""
