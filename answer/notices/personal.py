"""Whether a message asks for advice on the writer's own case, or on someone they care for.

It may ask in so many words ("should I"), tell of a case and ask to judge it, or tell of a case and
then ask anything. What asks on the documents, the search or a class is taken out first.
"""

from __future__ import annotations

import re

from answer.notices.phrases import load_tables

WORDS = load_tables("lists", "advice", "own_case", "no_advice")
CLAUSE_END = re.compile(r"(?<= [,.?!;] )")
PRONOUN = re.compile(r"(?<!\S)(?:he|she|him|her) ")


def asks_for_advice(text: str, before: str = "") -> bool:
    """Whether the folded text asks for advice on a case that it or the text before tells of."""
    if WORDS["other_matter"].has(text):
        return False
    text = WORDS["not_meant"].without(text)
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
    """Whether a case is told in one clause and something asked in a later one."""
    first, *later = CLAUSE_END.split(text)
    return (
        any(part.rstrip().endswith("?") for part in later)
        and WORDS["situation"].has(first)
        and not WORDS["about_documents"].has(text)
    )
