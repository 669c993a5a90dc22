"""Pack sentences into passages: the units that are indexed and retrieved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
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
    passages: list[Passage] = []
    parts = groupby(document.sentences, key=lambda s: (s.section, s.kind == "row"))
    for _, held in parts:
        sentences = list(held)
        over = above(document, sentences[0])
        room = max(max_tokens - count_tokens(over), max_tokens // 2) if over else max_tokens
        for group in _groups(sentences, count_tokens, room):
            passage = cut(document, group)
            passages.append(replace(passage, n_tokens=count_tokens(passage.text)))
    return tuple(passages)


def cut(document: Document, sentences: Sequence[Sentence], n_tokens: int = 0) -> Passage:
    """Return consecutive sentences of one section of a document as a passage."""
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    return Passage(
        doc_id=document.doc_id,
        headings=document.sections[sentences[0].section].headings,
        span=span,
        text=document.quote(span),
        sentences=tuple(sentences),
        n_tokens=n_tokens,
        above=above(document, sentences[0]),
    )


def are_cut(document: Document, passages: Iterable[Passage]) -> bool:
    """Whether each passage is some of the sentences of a document, as ``cut`` makes it."""
    starts = [sentence.span.start for sentence in document.sentences]
    for passage in passages:
        first = bisect_left(starts, passage.span.start)
        own = document.sentences[first : first + len(passage.sentences)]
        if not own or cut(document, own, passage.n_tokens) != passage:
            return False
    return True


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
