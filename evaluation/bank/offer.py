"""Choose known questions to offer visitors: clear ones that are answered as the bank says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest
from typing import get_args

from answer.quotes import Answer
from bank.questions import KnownQuestion, Voice
from ingest.document import Sentence

PER_SECTION = 2
"""Questions offered of a section, so that they are about many things. Chosen by hand."""
TRIES = 6
"""Questions of a section that are asked at most: each takes as long as a visitor's."""

Ask = Callable[[str], Answer]


def offers(
    bank: Sequence[KnownQuestion], ask: Ask, is_clear: Callable[[str], bool]
) -> dict[Voice, list[str]]:
    """Return questions to offer, by voice: one of every section before the second of any.

    The sections with most clear questions come first. Every question has been asked: what the
    bank says is quoted, and there is no notice beside it.
    """
    whole = [known for known in bank if known.is_answerable and not known.history]
    clear = [known for known in whole if is_clear(known.question)]
    return {
        voice: _one_by_one([known for known in clear if known.voice == voice], ask)
        for voice in get_args(Voice)
    }


def is_answered_as_known(known: KnownQuestion, answer: Answer) -> bool:
    """Whether an answer quotes all the evidence that a known question needs, without a notice."""
    has_all = all(any(_is_quoted(one, answer) for one in group) for group in known.required)
    return has_all and answer.is_found and not answer.notices


def _is_quoted(sentence: Sentence, answer: Answer) -> bool:
    return any(
        quote.doc_id == sentence.doc_id and quote.span.overlaps(sentence.span)
        for quote in answer.citations
    )


def _one_by_one(clear: Sequence[KnownQuestion], ask: Ask) -> list[str]:
    of_section: defaultdict[tuple[str, int], list[KnownQuestion]] = defaultdict(list)
    for known in clear:
        sentence = known.evidence[0]
        of_section[sentence.doc_id, sentence.section].append(known)
    sections = sorted(of_section.values(), key=len, reverse=True)
    ranks = zip_longest(*(_answered(questions, ask) for questions in sections))
    return list(dict.fromkeys(filter(None, chain.from_iterable(ranks))))


def _answered(questions: Sequence[KnownQuestion], ask: Ask) -> Iterator[str]:
    """Yield the first questions that are answered as the bank says; the rest are not asked."""
    n_found = 0
    for known in questions[:TRIES]:
        if n_found < PER_SECTION and is_answered_as_known(known, ask(known.question)):
            n_found += 1
            yield known.question
