"""The texts that represent passages and sentences in the index; they are never shown."""

from __future__ import annotations

from bisect import bisect_left

from ingest.document import Document, Passage, Sentence
from ingest.tables.saying import caption_of, said, table_of

TRAIL_SEPARATOR = " > "

MAX_CONTEXT_CHARS = 400
"""Longer context is left out, so that a sentence is not pushed beyond the encoder's limit:
256 tokens are about 1,000 characters, and a heading trail needs about 100 of them."""


def index_text(passage: Passage) -> str:
    """Return the text to embed and tokenise for ``passage``: heading trail, newline, text.

    Rows of a table have its caption and head between the two.
    """
    over = [passage.above] if passage.above else []
    return "\n".join([*_trail(passage.headings), *over, passage.text])


def sentence_text(document: Document, sentence: Sentence) -> str:
    """Return the text to embed for ``sentence``: heading trail, context, sentence, one per line.

    The context is the sentence that introduces its list or, without one, the sentence before it
    in the same paragraph, because a sentence often does not repeat what the one before it named.
    Of a row it is the caption of its table, and each cell has its head beside it.
    """
    context = _context(document, sentence)
    trail = _trail(document.sections[sentence.section].headings)
    return "\n".join([*trail, *([context] if context else []), said(document, sentence)])


def _trail(headings: tuple[str, ...]) -> list[str]:
    return [TRAIL_SEPARATOR.join(headings)] if headings else []


def _context(document: Document, sentence: Sentence) -> str:
    if found := table_of(document, sentence):
        return caption_of(document, found[0])
    if sentence.lead_in is not None:
        context = document.quote(sentence.lead_in)
    else:
        context = _text_before(document, sentence)
    return context if len(context) <= MAX_CONTEXT_CHARS else ""


def _text_before(document: Document, sentence: Sentence) -> str:
    """Return the sentence before ``sentence`` in its paragraph; empty if it is the first."""
    position = bisect_left(document.sentences, sentence.span, key=lambda other: other.span)
    if position == 0:
        return ""
    before = document.sentences[position - 1]
    same = (before.section, before.paragraph) == (sentence.section, sentence.paragraph)
    return before.text if same else ""
