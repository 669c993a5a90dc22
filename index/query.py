"""What is searched for: a question, with the earlier questions that it depends on in front."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ingest.document import Span
from ingest.sentences import split_sentences

MAX_TURNS_BACK = 2
"""Earlier questions read at most: the one before, and the one before that if the one before is a
follow-up too."""
MAX_FOLLOW_UP_WORDS = 14
"""In the question bank 106 of 113 follow-ups are seen as such with this limit and these words."""
POINTS_BACK = re.compile(
    r"^(?:and|but|so|or|also|then|ok(?:ay)?|what about|how about|what if|why(?: not| so| then)?$)\b"
    r"|\b(?:it|its|that|this|those|these|they|them|their|there|then|same|other|others|another|one|ones"
    r"|else|instead|again|either|both)\b",
    re.IGNORECASE,
)
SHORT_WORDS = 4
"""A question of so few words rarely names its subject."""
LONG_WORDS = 60
"""A message longer than this is searched for by its sentences that ask; the reader takes about as
many words of a question."""
MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL
)


def query_text(question: str, history: Sequence[str] = ()) -> str:
    """Return the text to search for: what asks, after the earlier questions that it depends on.

    Args:
        question: as ``visible`` returns it.
        history: earlier questions of the conversation, oldest first.

    """
    earlier = [text for text in map(visible, history) if text]
    turns = [_asking(_without_markup(question))]
    while earlier and len(turns) <= MAX_TURNS_BACK and is_follow_up(turns[0]):
        turns.insert(0, earlier.pop())
    return " ".join(turns)


def is_follow_up(question: str) -> bool:
    """Whether a question in a conversation is likely to need the question before it."""
    words = question.split()
    if len(words) <= SHORT_WORDS:
        return True
    return len(words) <= MAX_FOLLOW_UP_WORDS and POINTS_BACK.search(question) is not None


def visible(text: str) -> str:
    """Return the characters that can be seen, with single spaces between words."""
    kept = "".join(
        " " if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") else character
        for character in text
        if unicodedata.category(character) not in ("Cs", "Co", "Cn")
    )
    return " ".join(kept.split())


def _without_markup(text: str) -> str:
    """Return the text without tags, as pasted from a page; as it is if nothing else is in it."""
    bare = " ".join(MARKUP.sub(" ", text).split())
    return bare if any(character.isalnum() for character in bare) else text


def _asking(text: str) -> str:
    """Return the sentences of a long message that ask; all of it if it is short or none does."""
    if len(text.split()) <= LONG_WORDS:
        return text
    spans = split_sentences(text, Span(0, len(text)))
    asking = [text[s.start : s.end] for s in spans if "?" in text[s.start : s.end]]
    return " ".join(asking) or text
