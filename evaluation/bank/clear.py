"""Which questions are clear to somebody who has read nothing yet, so that a page may offer them."""

from __future__ import annotations

import re

from answer.asking.spelling import Speller
from index.query import is_follow_up

SHORTEST, LONGEST = 20, 75
"""In characters: long enough to be clear, short enough for a button. Chosen by hand."""
OPENING = re.compile(
    r"(?:What|What's|Which|How|Why|When|Where|Who|Is|Are|Was|Were|Do|Does|Did|Can|Could|Should|Has"
    r"|Have|Had) "
)
"""A question offered to others is a whole sentence, not a few keywords."""
POINTS_ELSEWHERE = re.compile(
    # What stands for something named before.
    r"\b(?:he|him|his|she|hers?|it|its|they|them|theirs?|this|these|those|such|ones?|others?"
    r"|another|else|same|then|here|also|still|yet|again|instead|both|either|former|latter)\b"
    # Somebody or something that only a reader of the documents knows.
    r"|\bthe (?:\w+ )?(?:patient|man|woman|guy|person|child|case|authors?|doctors?|surgeons?"
    r"|team|paper|report|article|text|study|page|guide|drug|medicine|treatment|therapy|infusions?"
    r"|scans?|lesions?|disease|cancer|tumou?rs?|mass|lump)\b"
    # A person's own case: the documents know nothing of it.
    r"|\b(?:I|me|my|mine|we|us|our)\b",
    re.IGNORECASE,
)


def is_clear(question: str, speller: Speller) -> bool:
    """Whether a question is one whole, well spelt sentence that needs nothing before it."""
    return (
        SHORTEST <= len(question) <= LONGEST
        and question.endswith("?")
        and OPENING.match(question) is not None
        and POINTS_ELSEWHERE.search(question) is None
        and not is_follow_up(question)
        and speller.knows(question)
    )
