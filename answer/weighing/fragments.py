"""Which sentences of a document can be an answer by themselves, and which are only fragments."""

from __future__ import annotations

import re

from ingest.document import Sentence

FEWEST_WORDS = 3
"""A sentence of fewer words is a label ("Setting.", "This includes:"), not an answer, unless it
tells what to do: 2 of 118 sentences of up to three words in a third of the training documents are
marked as answers. Items of a list are spared: 5 of 23 such items are."""
TELLS = re.compile(
    r"(?:ask|avoid|call|continue|do|don['’]t|drink|get|go|keep|never|no|rest|see|seek|stop|take|tell|"
    r"use|wait|wash|yes)\b|.*\d",
    re.IGNORECASE,
)
LABEL_WORDS = 12
"""A caption of at most so many words that does not end like a sentence only says what a figure or
table shows: none of 67 such captions is marked as an answer."""
ENDS = re.compile(r"[.!?:;][)\]\"”’']*$")
NAME_LIKE = 0.7
"""Share of capitalised words from which a line without a full stop is a by-line: names, places and
institutions. Chosen by hand: none of 244 such lines in half of the training documents is marked as
an answer."""
WORD = re.compile(r"\w[\w'’-]*")
ASKS_FOR_BY_LINE = re.compile(
    r"\b(?:who(?:se)?|authors?|wr(?:ote|itten)|published|affiliat\w+|where|e-?mail|contact|"
    r"correspond\w+|(?:which|what) (?:[\w-]+ ){0,2}(?:cent(?:er|re)|hospital|universit\w+|"
    r"institut\w+|department|division|clinic|journal|city|country|keywords?))\b|\bkeywords?\b",
    re.IGNORECASE,
)


def is_fragment(sentence: Sentence) -> bool:
    """Whether it says nothing by itself: a label of one to three words, or a bare caption."""
    match sentence.kind:
        case "sentence":
            is_short = len(sentence.text.split()) < FEWEST_WORDS
            return is_short and not TELLS.match(sentence.text)
        case "caption":
            is_short = len(sentence.text.split()) <= LABEL_WORDS
            return is_short and not ENDS.search(sentence.text)
        case _:
            return False


def is_by_line(sentence: Sentence) -> bool:
    """Whether it is a line of names, places or institutions."""
    words = WORD.findall(sentence.text)
    if sentence.kind != "line" or ENDS.search(sentence.text) or not words:
        return False
    n_names: int = sum(word[0].isupper() for word in words)
    return n_names >= NAME_LIKE * len(words)


def asks_for_by_line(question: str) -> bool:
    """Whether a question may be answered by a line of names, places or institutions."""
    return ASKS_FOR_BY_LINE.search(question) is not None
