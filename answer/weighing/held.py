"""What is known of windows and sentences before anything is asked, worked out when it is needed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from answer.weighing.fragments import is_by_line, is_fragment
from answer.weighing.reader import Reader
from answer.weighing.reader_input import Text
from answer.weighing.rows import Named, named_row
from answer.weighing.windows import headings_read, said_in, window_of
from index.retriever import Retriever
from index.texts import sentence_text
from index.tokens import tokenize
from ingest.document import Sentence
from ingest.units import Ends, Unit, list_ends, unit_of

MOST_DOCUMENTS, MOST_WINDOWS, MOST_SENTENCES = 64, 1_000, 10_000
"""Of which this is remembered: about 50 MB of articles."""


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence, and what never changes of it."""

    sentence: Sentence
    unit: Unit
    tokens: frozenset[str]
    is_fragment: bool
    """Whether it says nothing by itself, and nothing else is quoted with it."""
    is_by_line: bool
    named: Named | None
    """By what it is asked for if it is a row of a table."""


class Holdings:
    """The windows and sentences of an index, by row. Threads can share it."""

    def __init__(self, retriever: Retriever, reader: Reader) -> None:
        self._retriever, self._reader = retriever, reader
        self._ends = lru_cache(MOST_DOCUMENTS)(self._ends_of)
        self.window = lru_cache(MOST_WINDOWS)(self._window)
        """What the reader reads of a passage, and the rows of these sentences."""
        self.sentence = lru_cache(MOST_SENTENCES)(self._sentence)
        self.doc_id = lru_cache(MOST_SENTENCES)(self._doc_id)
        """The document of the sentence in a row."""

    def rarity(self, token: str) -> float:
        """Return the inverse document frequency of a token, taking sentences as documents."""
        count = self._retriever.frequency(token)
        return math.log((len(self._retriever.sentences) + 1) / max(count, 1))

    def _doc_id(self, row: int) -> str:
        return self._retriever.doc_id_of(self._retriever.passage_of(row))

    def _window(self, row: int, *, with_context: bool) -> tuple[Text, range]:
        documents, passage = self._retriever.documents, self._retriever.passages[row]
        window = window_of(passage, documents, with_context=with_context)
        text = self._reader.text(headings_read(window, documents), said_in(window, documents))
        last = self._retriever.sentences_of(row).stop
        return text, range(last - len(window.sentences), last)

    def _sentence(self, row: int) -> Held:
        doc_id = self.doc_id(row)
        document = self._retriever.documents[doc_id]
        first = self._retriever.passages_of(doc_id).start
        at = row - self._retriever.sentences_of(first).start
        sentence = document.sentences[at]
        unit = unit_of(sentence, self._ends(doc_id))
        return Held(
            sentence,
            unit,
            frozenset(tokenize(sentence_text(document, sentence))),
            is_fragment(sentence) and unit.span == sentence.span,
            is_by_line(sentence),
            named_row(document, sentence),
        )

    def _ends_of(self, doc_id: str) -> Ends:
        return list_ends(self._retriever.documents[doc_id].sentences)
