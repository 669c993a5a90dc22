"""Windows, each of which the reader reads at once: a passage, or it and what is just before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from ingest.document import Document, Passage, Sentence
from ingest.tables.saying import caption_of, said, table_of

MAX_CONTEXT_CHARS = 320
"""Most context before a passage: about 70 tokens, so that with a passage of 160 tokens a window
stays near the reader's limit of 224, and at worst its end is cut."""


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of one section in reading order, and the headings they are under."""

    headings: tuple[str, ...]
    """Without the document's title, unless it is the only heading."""
    sentences: tuple[Sentence, ...]


def window_of(
    passage: Passage, documents: Mapping[str, Document], *, with_context: bool = True
) -> Window:
    """Return the window of a passage; "it" and "this drug" refer to the sentences before it."""
    document = documents[passage.doc_id]
    first = bisect_left(document.sentences, passage.span.start, key=lambda s: s.span.start)
    begin, room = first, MAX_CONTEXT_CHARS if with_context else 0
    while begin > 0:
        before = document.sentences[begin - 1]
        room -= len(before.text)
        if room < 0 or before.section != passage.sentences[0].section or before.kind == "reference":
            break
        begin -= 1
    headings = passage.headings[1:] or passage.headings
    last = first + len(passage.sentences)
    return Window(headings, document.sentences[begin:last])


def headings_read(window: Window, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Return the headings that the reader reads: for rows of a table, its caption."""
    last = window.sentences[-1]
    document = documents[last.doc_id]
    found = table_of(document, last)
    caption = caption_of(document, found[0]) if found else ""
    return (caption,) if caption else window.headings


def said_in(window: Window, documents: Mapping[str, Document]) -> list[str]:
    """Return what the reader reads of each sentence: of a row, each cell with its head."""
    return [said(documents[sentence.doc_id], sentence) for sentence in window.sentences]
