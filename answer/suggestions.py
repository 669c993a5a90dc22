"""Questions to offer on the page: some of the bank's, from all parts of the corpus."""

from __future__ import annotations

from collections.abc import Sequence

from answer.bank import KnownQuestion

N_SUGGESTIONS = 6
SHORTEST, LONGEST = 25, 75
"""In characters: long enough to be clear, short enough for a button."""


def suggestions(bank: Sequence[KnownQuestion], audience: str) -> tuple[str, ...]:
    """Return up to six questions in the voice of an audience, none if there is no bank.

    They are taken evenly from the parts of the corpus that this audience asks about.
    """
    first_of: dict[tuple[str, int], str] = {}
    for known in bank:
        if known.voice == audience and _reads_well(known):
            sentence = known.evidence[0]
            first_of.setdefault((sentence.doc_id, sentence.section), known.question)
    questions = list(first_of.values())
    step = max(1, len(questions) // N_SUGGESTIONS)
    return tuple(questions[::step][:N_SUGGESTIONS])


def _reads_well(known: KnownQuestion) -> bool:
    text = known.question
    return (
        known.is_answerable
        and not known.history
        and SHORTEST <= len(text) <= LONGEST
        and text.endswith("?")
        and text[0].isupper()
    )
