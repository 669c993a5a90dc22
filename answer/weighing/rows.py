"""Which rows of tables a question asks for: those that it names, in a table on its subject."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from index.tokens import tokenize
from ingest.document import Document, Sentence
from ingest.tables.parts import Row
from ingest.tables.saying import above, table_of


@dataclass(frozen=True, slots=True)
class Named:
    """The tokens by which a row is asked for."""

    name: frozenset[str]
    """Of its first cell and of the line over its group; numbers name nothing."""
    table: frozenset[str]
    """Of the caption and the head of its table."""

    def is_asked(self, asked: Collection[str]) -> bool:
        """Whether a question with these tokens asks for the row.

        It shares a word with the row's name, and another with what stands over it. The reader has
        learnt from prose: it could take any figure under the right caption for an answer.
        """
        named = self.name.intersection(asked)
        return bool(named) and bool(self.table.intersection(asked) - named)


def named_row(document: Document, sentence: Sentence) -> Named | None:
    """Return how a row of a table is asked for; None if a sentence is none."""
    held = table_of(document, sentence)
    if held is None:
        return None
    return Named(_name(document, held[1]), frozenset(tokenize(above(document, sentence))))


def _name(document: Document, row: Row) -> frozenset[str]:
    spans = [row.group, next((c.span for c in row.cells if c.column == 0), None)]
    text = " ".join(document.quote(span) for span in spans if span)
    return frozenset(token for token in tokenize(text) if not token[0].isdigit())
