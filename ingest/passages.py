"""Pack sentences into passages: the units that are indexed and retrieved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from ingest.document import Document, Passage, Sentence, Span
from ingest.tables.saying import above

MAX_TOKENS = 160
"""Longest passage in tokens of the encoder, which reads 256; leaves room for the heading trail."""


def pack_passages(
    document: Document, count_tokens: Callable[[str], int], max_tokens: int = MAX_TOKENS
) -> tuple[Passage, ...]:
    """Return the passages of a document: whole sentences of one section, in order, none lost.

    A sentence longer than ``max_tokens`` becomes a passage by itself and is never cut. The rows of
    a table are in passages of their own, shorter by what stands above them.
    """
    passages = []
    parts = groupby(document.sentences, key=lambda s: (s.section, s.kind == "row"))
    for (section, _), held in parts:
        sentences = list(held)
        over = above(document, sentences[0])
        room = max(max_tokens - count_tokens(over), max_tokens // 2) if over else max_tokens
        for group in _groups(sentences, count_tokens, room):
            span = Span(group[0].span.start, group[-1].span.end)
            text = document.quote(span)
            passages.append(
                Passage(
                    doc_id=document.doc_id,
                    headings=document.sections[section].headings,
                    span=span,
                    text=text,
                    sentences=tuple(group),
                    n_tokens=count_tokens(text),
                    above=over,
                )
            )
    return tuple(passages)


def _groups(
    sentences: list[Sentence], count_tokens: Callable[[str], int], max_tokens: int
) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    n_tokens = 0
    for sentence in sentences:
        n = count_tokens(sentence.text)
        if group and (n_tokens + n > max_tokens or sentence.kind == "reference"):
            yield group
            group, n_tokens = [], 0
        group.append(sentence)
        n_tokens += n
    if group:
        yield group
