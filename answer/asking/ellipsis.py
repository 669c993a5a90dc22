"""A question that only names something else to ask the question before it about: "and aspirin?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.conversation.subject import NAME, marked

MOST_WORDS = 4
"""Words after "and" or "what about". Chosen by hand: "and for young children?"."""
_LITTLE = "an?|the|this|that|these|those|other|one|ones"
ONLY_NAMES = re.compile(
    r" (?:(?:ok|okay|so|well|yes|no|oh|right|thanks|[,.!]) )*"
    r"(?:(?:and|or|but|also|then|(?:what|how) about|same) )+"
    r"(?:(?:after|at|before|during|for|from|in|of|on|to|under|with|without) "
    rf"(?:[\w{NAME}]+ ){{1,{MOST_WORDS - 1}}}"
    rf"|(?=.*{NAME})(?:(?:{NAME}|{_LITTLE}|\w) ){{1,{MOST_WORDS}}})"
    r"(?:[?.!] )*$"
)
"""Such a question, as ``marked``: it names something, and says nothing of it."""


def with_what_it_continues(said: Sequence[str]) -> tuple[str, ...]:
    """Return the last question and, before it, those without which it says nothing.

    Args:
        said: questions that depend on one another, oldest first; at least one.

    """
    first = len(said) - 1
    while first and ONLY_NAMES.match(marked(said[first])):
        first -= 1
    return tuple(said[first:])
