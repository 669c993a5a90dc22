"""Detect messages about an emergency that is happening now, or about self-harm.

A message is read clause by clause: an event ("can't breathe") counts by itself, a symptom ("chest
pain") beside a person or a time. A clause that asks in general, or is about what might happen or
happened long ago, counts only if the symptom is that of the writer or of someone with them, or is
happening now.
"""

from __future__ import annotations

import re

from answer.notices.phrases import load_tables
from answer.notices.vitals import count_alarming_vitals

WORDS = load_tables("lists", "events", "symptoms", "circumstances", "self_harm")
SENTENCE_END = re.compile(r"(?<= [.?!;] )")
CLAUSE_END = re.compile(r"(?<=, )")
MAX_PLEA_WORDS = 10
"""A longer message tells its own story. Chosen by hand."""
MANY_SYMPTOMS = 2
"""More symptoms than this in one sentence describe a patient rather than a search. Chosen by
hand."""


def tells_of_emergency(text: str) -> bool:
    """Whether the folded text describes a red flag that is happening now."""
    text = WORDS["not_meant"].without(text)
    return any(_sentence_tells(sentence, text) for sentence in SENTENCE_END.split(text))


def tells_of_self_harm(text: str) -> bool:
    """Whether the folded text says that the writer, or someone with them, may harm themselves."""
    text = WORDS["self_harm_not_meant"].without(text)
    return WORDS["self_harm"].has(text) and not WORDS["frame"].has(text)


def is_plea(text: str) -> bool:
    """Whether the folded text asks for help with what the previous message described."""
    return len(text.split()) <= MAX_PLEA_WORDS and WORDS["plea"].has(text)


def _sentence_tells(sentence: str, text: str) -> bool:
    is_conditional = WORDS["conditional"].has(sentence)
    if WORDS["calls"].has(sentence) and not is_conditional and not WORDS["frame"].has(text):
        return True
    clauses = CLAUSE_END.split(sentence)
    for clause in clauses:
        is_question = clause is clauses[-1] and clause.rstrip().endswith("?")
        if _clause_tells(clause, sentence, text, is_conditional, is_question):
            return True
    return False


def _clause_tells(
    clause: str, sentence: str, text: str, is_conditional: bool, is_question: bool
) -> bool:
    is_event = WORDS["events"].has(clause) or count_alarming_vitals(clause) > 0
    n_symptoms = _count_symptoms(clause)
    if not is_event and not n_symptoms:
        return False
    is_own = _is_own(clause)
    is_now = WORDS["now"].has(sentence)
    if is_conditional or WORDS["possible"].has(clause):
        return is_own and is_now
    past = WORDS["past"].groups_in(clause)
    if not is_now and ("long_ago" in past or (past and not is_own)):
        return False
    if WORDS["frame"].has(text):
        return is_own and (is_now or WORDS["soon"].has(text))
    if is_question or _asks_in_general(clause):
        return is_own or is_now
    return is_event or _has_context(sentence, text)


def _count_symptoms(clause: str) -> int:
    """Return how many kinds of symptom the clause has; two minor ones count as one."""
    n_minor = len(WORDS["minor"].groups_in(clause))
    return len(WORDS["symptoms"].groups_in(clause)) + n_minor // 2 + count_alarming_vitals(clause)


def _is_own(clause: str) -> bool:
    """Whether a red flag directly follows "my", "I have", "she is" and the like."""
    starts = WORDS["events"].starts(clause) + WORDS["symptoms"].starts(clause)
    return any(WORDS["own"].has(clause[:start]) for start in starts)


def _asks_in_general(clause: str) -> bool:
    if WORDS["general"].has(clause):
        return True
    return WORDS["asks"].has(clause) and not WORDS["fragment"].has(clause)


def _has_context(sentence: str, text: str) -> bool:
    """Whether a symptom occurs beside a person, a time, a plea or more symptoms."""
    if any(WORDS[name].has(text) for name in ("person", "now", "soon")):
        return True
    n_symptoms = _count_symptoms(sentence)
    is_list = n_symptoms > MANY_SYMPTOMS and not sentence.rstrip().endswith("?")
    return is_list or (n_symptoms > 1 and WORDS["around"].has(sentence))
