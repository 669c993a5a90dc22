"""What a text says, by the tables: harm and how grave, a dose, the story of one patient.

Texts are folded (``tables.folded``), and not where the place they stand in matters too.
"""

from __future__ import annotations

from enum import IntEnum

from answer.safety.shelf import Place
from answer.safety.tables import WORDS, folded

PROSE = ("sentence", "item")
"""The kinds of units that may be added to an answer."""
ENOUGH_EFFECTS = 2
"""Kinds of effects that make a list of them. Chosen by hand."""


class Severity(IntEnum):
    """How grave the harm is that a text tells of, by ``words/harms.toml``."""

    NONE = 0
    """None, or nothing that says how grave."""
    UNNAMED = 1
    """There is something serious, but not what."""
    GRAVE = 2
    """It maims, lasts, or needs treatment in hospital."""
    DEADLY = 3
    """It kills or can kill."""


def severity(text: str) -> Severity:
    """Return how grave the harm is that a text on harm tells of."""
    for table, grade in (
        ("deadly", Severity.DEADLY),
        ("grave", Severity.GRAVE),
        ("serious", Severity.UNNAMED),
    ):
        if WORDS[table].has(text):
            return grade
    return Severity.NONE


def what_is_done(text: str) -> str:
    """Return a text without what it says did not happen; nothing of one on what is planned."""
    return "" if WORDS["planned"].has(text) else WORDS["absent"].without(text)


def tells_of_harm(text: str, *, names_treatment: bool) -> bool:
    """Whether a text is about what a treatment does to people."""
    if WORDS["harm"].has(text):
        return True
    return WORDS["hazard"].has(text) and (names_treatment or WORDS["treated"].has(text))


def is_heading_on_harm(text: str, *, names_treatment: bool) -> bool:
    """Whether everything under a heading is about what a treatment does to people."""
    return WORDS["heading"].has(text) or (names_treatment and WORDS["hazard_heading"].has(text))


def lists_effects(text: str) -> bool:
    """Whether a text on harm names several side effects."""
    return len(WORDS["effects"].groups_in(text)) >= ENOUGH_EFFECTS


def names_harm(text: str) -> bool:
    """Whether a text names a kind of harm: not that it can kill, but what it does."""
    tables = (WORDS["deadly"].groups_in(text) - {"death"}, WORDS["effects"].groups_in(text))
    is_grave = "organs" in WORDS["grave"].groups_in(text)
    return any(tables) or is_grave or WORDS["one_harm"].has(text)


def records_effect(place: Place) -> bool:
    """Whether a unit says that a side effect did occur."""
    text = what_is_done(folded(place.text))
    is_effect = WORDS["recorded"].has(text) and WORDS["effects"].has(text)
    return place.kind in PROSE and is_effect and not WORDS["before_treatment"].has(text)


def gives_dose(place: Place) -> bool:
    """Whether a unit says how much or how often something is given."""
    return WORDS["dose"].has(folded(place.text))


def reassures(place: Place) -> bool:
    """Whether a unit says that something is safe or does no harm."""
    return WORDS["reassuring"].has(folded(place.text))


def says_harm_is_over(place: Place) -> bool:
    """Whether a unit says after what time some harm was not seen any more."""
    return "over" in WORDS["reassuring"].groups_in(folded(place.text))


def was_true_then(text: str) -> bool:
    """Whether a text of a document says what holds on the day it is written, and may change."""
    return WORDS["true_then"].has(WORDS["not_true_then"].without(folded(text)))


def tells_of_today(place: Place) -> frozenset[str]:
    """Return what a unit tells of what held on its day: approval, guidance, what was recent."""
    text = WORDS["not_true_then"].without(folded(place.text))
    return frozenset(WORDS["true_then"].groups_in(text))


def names_condition(place: Place) -> bool:
    """Whether a unit says under which condition it holds: in pregnancy, with alcohol."""
    return WORDS["condition"].has(folded(place.text))


def singles_out(place: Place) -> bool:
    """Whether a unit of any document tells the story of one patient."""
    return WORDS["one_patient"].has(folded(place.text))


def tells_of_the_patient(place: Place) -> bool:
    """Whether a unit of a document about one patient tells their story.

    A caption does, whatever stands under "Case report", and whatever was and is about nobody else.
    """
    text = folded(place.text)
    is_under = WORDS["case_heading"].has(folded(" . ".join(place.headings)))
    return (
        is_under or place.kind == "caption" or WORDS["the_patient"].has(text) or _was(place, text)
    )


def is_about_one_patient(*facts: str) -> bool:
    """Whether a document is about one patient, by its kind of evidence, titles and headings."""
    return any(WORDS["one_patient_document"].has(folded(fact)) for fact in facts)


def _was(place: Place, text: str) -> bool:
    """Whether a unit says what was, and of nobody else but the patient of its document."""
    is_past = WORDS["past"].has(text) or (
        WORDS["past_or_participle"].has(text) and not WORDS["present"].has(text)
    )
    is_dated = gives_dose(place) or WORDS["dated"].has(text)
    return is_past and (is_dated or not WORDS["others"].has(text))
