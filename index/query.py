"""The text to search for: a question, preceded by the earlier questions that it depends on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from index.conversation.pointing import CONTINUES, COURTESY, PRONOUN, points_back
from index.conversation.subject import NAME, marked
from ingest.document import Span
from ingest.sentences import split_sentences

MAX_TURNS_BACK = 2
"""Most earlier questions used: the previous one, and the one before it if the previous one is a
follow-up too. Chosen by hand."""
POINTING_WORDS = 14
"""In a longer question a pointer rarely points back. Chosen on the training questions."""
NAMELESS_WORDS, SHORT_WORDS = 12, 7
"""A question that names no subject needs the earlier ones if it has at most so many words: with a
pronoun, and without. Chosen on the training questions."""
DEFINES = re.compile(r" (?:what(?:'s| is| does| do)? an? |define |stands? for )")
"""``What is a placebo?`` names its subject, whatever it is."""
LONG_WORDS = 60
"""Of a message longer than this only the questions are searched for. Chosen by hand: about as many
words as the reader takes of a question."""
MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL
)


def query_text(question: str, history: Sequence[str] = ()) -> str:
    """Return the text to search for: a question after the earlier ones that it depends on.

    Args:
        question: as ``visible`` returns it.
        history: earlier questions of the conversation, oldest first.

    """
    return " ".join(query_turns(question, history))


def query_turns(question: str, history: Sequence[str] = ()) -> list[str]:
    """Return the earlier questions that a question depends on, oldest first, and the question."""
    earlier = [text for text in map(visible, history) if text]
    turns = [_asking(_without_markup(question))]
    while earlier and len(turns) <= MAX_TURNS_BACK and is_follow_up(turns[0]):
        turns.insert(0, earlier.pop())
    return turns


def is_follow_up(question: str) -> bool:
    """Whether a question in a conversation needs the question before it.

    It does if it points back to something that it does not name, or names no subject at all.
    """
    words = marked(question)
    if CONTINUES.match(words):
        return True
    length = len(question.split())
    if NAME in words:
        return length <= POINTING_WORDS and points_back(words)
    if DEFINES.search(words) or COURTESY.match(words):
        return False
    return length <= (NAMELESS_WORDS if PRONOUN.search(words) else SHORT_WORDS)


def visible(text: str) -> str:
    """Return the visible characters, with single spaces between words."""
    kept = "".join(
        " " if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") else character
        for character in text
        if unicodedata.category(character) not in ("Cs", "Co", "Cn")
    )
    return " ".join(kept.split())


def _without_markup(text: str) -> str:
    """Return the text without tags pasted from a page; unchanged if it is nothing else."""
    bare = " ".join(MARKUP.sub(" ", text).split())
    return bare if any(character.isalnum() for character in bare) else text


def _asking(text: str) -> str:
    """Return the questions in a long message; all of it if it is short or has none."""
    if len(text.split()) <= LONG_WORDS:
        return text
    spans = split_sentences(text, Span(0, len(text)))
    asking = [text[s.start : s.end] for s in spans if "?" in text[s.start : s.end]]
    return " ".join(asking) or text
