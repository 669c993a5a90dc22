"""What a question asks for: checked, and with the conversation before it where it needs that."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answer.errors import QuestionError
from ingest.document import Span
from ingest.sentences import split_sentences

MAX_CHARS = 4000
"""Longest question answered: a case history of a page and the question about it."""
MAX_TURNS_BACK = 2
"""Earlier questions read at most: the one before, and the one before that if it leans back too."""
MAX_DEPENDENT_WORDS = 14
"""In the question bank 106 of 113 follow-ups are seen as such with this limit and these words."""
LEANS_BACK = re.compile(
    r"^(?:and|but|so|or|also|then|ok(?:ay)?|what about|how about|what if|why(?: not| so| then)?$)\b"
    r"|\b(?:it|its|that|this|those|these|they|them|their|there|then|same|other|others|another|one|ones"
    r"|else|instead|again|either|both)\b",
    re.IGNORECASE,
)
LONG_WORDS = 60
"""A message longer than this is searched for by its sentences that ask; the reader takes about as
many words of a question."""
MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready to be searched for."""

    asked: str
    """The question as typed, control characters and surplus white space gone."""
    text: str
    """What is searched for: what asks, after the questions it leans on, its spelling mended."""


def understand(
    question: str,
    history: Sequence[str] = (),
    correct: Callable[[str], str] | None = None,
) -> Query:
    """Check a question and put those before it in front where it cannot stand alone.

    Args:
        question: as typed.
        history: earlier questions of the conversation, oldest first.
        correct: mends spelling in what is searched for.

    Raises:
        QuestionError: if it is empty, longer than ``MAX_CHARS``, or has no letter or digit.

    """
    asked = _clean(question)
    if not asked:
        raise QuestionError("the question is empty; type a question")
    if len(asked) > MAX_CHARS:
        raise QuestionError(
            f"the question has {len(asked)} characters, {MAX_CHARS} at most can be answered; "
            "ask one thing in a sentence or two"
        )
    if not any(character.isalnum() for character in asked):
        raise QuestionError("the question has no letter or digit; ask in words")
    earlier = [text for text in map(_clean, history) if text]
    turns = [_asking(_without_markup(asked))]
    while earlier and len(turns) <= MAX_TURNS_BACK and leans_back(turns[0]):
        turns.insert(0, earlier.pop())
    text = " ".join(turns)
    return Query(asked, correct(text) if correct else text)


def leans_back(question: str) -> bool:
    """Whether a question in a conversation is likely to need the question before it."""
    words = question.split()
    if len(words) <= 4:
        return True
    return len(words) <= MAX_DEPENDENT_WORDS and LEANS_BACK.search(question) is not None


def _without_markup(text: str) -> str:
    """Return the text without tags, as pasted from a page; as it is if nothing else is in it."""
    visible = " ".join(MARKUP.sub(" ", text).split())
    return visible if any(character.isalnum() for character in visible) else text


def _asking(text: str) -> str:
    """Return the sentences of a long message that ask; all of it if it is short or none does."""
    if len(text.split()) <= LONG_WORDS:
        return text
    spans = split_sentences(text, Span(0, len(text)))
    asking = [text[s.start : s.end] for s in spans if "?" in text[s.start : s.end]]
    return " ".join(asking) or text


def _clean(text: str) -> str:
    visible = "".join(
        " " if unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") else character
        for character in text
        if unicodedata.category(character) not in ("Cs", "Co", "Cn")
    )
    return " ".join(visible.split())
