"""The words of a quote that answer, where the reader gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from answer.signals import Signals
from answer.units import Unit
from ingest.document import Sentence, Span

MAX_SHARE = 0.6
"""Words that make up more of a sentence than this do not stand out from it."""


def emphases(signals: Signals, sentences: Sequence[Sentence]) -> Mapping[Unit, Span]:
    """Return spans of the documents, by the unit that they stand in: single sentences only.

    An item of a list is not emphasised: the whole list was asked for as often as not.
    """
    found: dict[Unit, Span] = {}
    for row, words in signals.words.items():
        sentence = sentences[row]
        if words is None or sentence.lead_in is not None:
            continue
        start, end = words
        if end - start <= MAX_SHARE * len(sentence.text):
            begin = sentence.span.start
            found[Unit(sentence.doc_id, sentence.span)] = Span(begin + start, begin + end)
    return found
