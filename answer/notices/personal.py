"""Detect messages that ask for advice on the writer's own case, or on someone they care for.

It may ask outright ("should I"), describe a case and ask for a judgement, or describe a case and
then ask anything. Courtesies, professions, and questions about the documents, the search or a class
are taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.notices.phrases import load_tables

WORDS = load_tables("lists", "courtesy", "advice", "own_case", "no_advice")
CLAUSE_END = re.compile(r"(?<= [,.?!;] )")
PRONOUN = re.compile(r"(?<!\S)(?:he|she|him|her) ")


def asks_for_advice(text: str, before: str = "", depends_on: Sequence[str] = ()) -> bool:
    """Whether the folded text asks for advice on a case that it or the text before describes.

    It does too if it depends on texts that do, unless it is about something else.
    """
    if WORDS["other_matter"].has(text):
        return False
    return _asks(text, before) or any(map(asks_for_advice, depends_on))


def _asks(text: str, before: str) -> bool:
    text = WORDS["not_meant"].without(WORDS["courtesy"].without(text))
    if WORDS["advice"].has(text):
        return True
    if _tells_then_asks(text):
        return True
    if not WORDS["judgement"].has(text):
        return False
    if WORDS["own_case"].has(text):
        return True
    before = WORDS["not_meant"].without(before)
    return PRONOUN.search(text) is not None and "mine" in WORDS["own_case"].groups_in(before)


def _tells_then_asks(text: str) -> bool:
    """Whether one clause describes a case and a later one asks something."""
    first, *later = CLAUSE_END.split(text)
    return (
        any(part.rstrip().endswith("?") for part in later)
        and WORDS["situation"].has(first)
        and not WORDS["about_documents"].has(text)
    )
