"""Questions made from the rows of tables by rule, and what becomes of them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.document import Document, Span
from ingest.tables.parts import Cell, Row, Table

TEMPLATES = (
    "What is the {column} of {row} in {caption}?",
    "{caption}: {row}, {column}?",
    "How much is {row} for {column} ({caption})?",
)
CAPTION_WORDS = 7
"""Of a caption, after its label: what a person would remember of it."""
WORD = re.compile(r"[^\W\d_]{3,}")
LABEL = re.compile(r"(?:Table|Box)\s*\w{1,4}[.:|]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A question that one row answers."""

    doc_id: str
    question: str
    span: Span
    """Of the row."""
    cell: str
    """What was asked for."""


def lookups(documents: Mapping[str, Document], per_table: int, seed: int = 0) -> list[Lookup]:
    """Return up to ``per_table`` questions on each table, drawn by chance."""
    chance = random.Random(seed)
    made = []
    for document in documents.values():
        for table in document.tables:
            found = list(_of_table(document, table))
            made += chance.sample(found, min(per_table, len(found)))
    return [
        Lookup(one.doc_id, TEMPLATES[at % len(TEMPLATES)].format(**fields), one.span, one.cell)
        for at, (one, fields) in enumerate(made)
    ]


def _of_table(document: Document, table: Table) -> Iterator[tuple[Lookup, dict[str, str]]]:
    caption = LABEL.sub("", document.quote(table.caption), count=1) if table.caption else ""
    words = " ".join(caption.split()[:CAPTION_WORDS]).rstrip(".,;:")
    for row in table.rows:
        name = _name(document, row)
        for cell in row.cells[1:]:
            column = " ".join(document.quote(span) for span in table.over(cell))
            if words and cell.span and WORD.search(column) and WORD.search(name):
                asked = Lookup(document.doc_id, "", row.span, document.quote(cell.span))
                yield asked, {"column": column, "row": name, "caption": words}


def _name(document: Document, row: Row) -> str:
    first: Cell = row.cells[0]
    return document.quote(first.span) if first.column == 0 and first.span else ""
