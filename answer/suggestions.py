"""Questions to offer on the page: some of the bank's, from the parts most asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from answer.bank import KnownQuestion

N_SUGGESTIONS = 6
SHORTEST, LONGEST, BEST = 25, 75, 50
"""In characters: long enough to be clear, short enough for a button."""


def suggestions(bank: Sequence[KnownQuestion], audience: str) -> tuple[str, ...]:
    """Return up to six questions in the voice of an audience, none if there is no bank.

    One of each of the sections that have most questions in that voice; of a section's questions
    the one whose length is nearest to ``BEST``.
    """
    of_section: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for known in bank:
        if known.voice == audience and _reads_well(known):
            sentence = known.evidence[0]
            of_section[sentence.doc_id, sentence.section].append(known.question)
    most_asked = sorted(of_section.values(), key=len, reverse=True)[:N_SUGGESTIONS]
    return tuple(min(questions, key=lambda q: abs(len(q) - BEST)) for questions in most_asked)


def _reads_well(known: KnownQuestion) -> bool:
    text = known.question
    return (
        known.kind in ("fact", "explain", "list", "lay")
        and len(known.required) == 1
        and SHORTEST <= len(text) <= LONGEST
        and text.endswith("?")
        and text[0].isupper()
    )
