"""What a question asks for, where that decides which quotes may or must be shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from answer.asking.question import Query
from answer.notices.spelling import fold
from answer.quotes import Notice
from answer.safety.says import names_harm
from answer.safety.tables import WORDS
from answer.safety.treatments import Treated, Treatments


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the rules of this folder read it."""

    text: str
    """Corrected and folded, after what it only continues."""
    treatments: Treated
    """That it names, or else the questions that it depends on; none if none does."""
    is_personal: bool
    """Whether it is shown a notice for advice or an emergency: it is about a person now."""
    for_risks: bool
    """Whether it asks what harm a treatment can do, not for one thing about it."""
    is_conditional: bool
    """Whether it asks for safety or harm under some condition: in pregnancy, with alcohol."""
    names_condition: bool
    """Whether it is about some condition only: children, pregnancy."""
    for_one_harm: bool
    """Whether it names what harm it asks for."""
    for_deaths: bool
    """Whether it asks if a treatment kills."""
    for_common_harm: bool
    """Whether it asks for harm that is not grave."""
    for_what_happened: bool
    """Whether it asks for what did happen to somebody, not for what may."""
    for_doses: bool
    """Whether it asks how much or how often something is given."""
    for_definition: bool
    """Whether it asks what something is."""
    for_today: frozenset[str]
    """What it asks of what holds today: approval, guidance, news (``words/dates.toml``)."""
    for_number: bool
    """Whether it asks when, how often or how many."""
    names_something: bool
    """Whether it, or what it depends on, names a treatment, or says that it is about one."""


def asked(query: Query, notices: Collection[Notice], treatments: Treatments) -> Asked:
    """Read a question.

    Args:
        query: the question, and the text that is searched for.
        notices: those shown beside its answer.
        treatments: of the library.

    """
    text, typed, whole = fold(" ".join(query.asks)), fold(query.asked), fold(query.text)
    own = treatments.asked(fold(query.turns[-1]))
    is_personal = bool({notice.kind for notice in notices} & {"personal_advice", "emergency"})
    return Asked(
        text=text,
        treatments=own or treatments.asked(whole),
        is_personal=is_personal,
        for_risks=any(map(_asks_for_risks, (text, typed))),
        is_conditional="condition" in WORDS["narrow"].groups_in(text),
        names_condition=WORDS["condition"].has(text),
        for_one_harm=names_harm(text if own else whole),
        for_deaths="death" in WORDS["deadly"].groups_in(text),
        for_common_harm=WORDS["common"].has(text),
        for_what_happened=not is_personal and _asks_what_happened(text, "" if own else whole),
        for_doses=any(map(WORDS["doses"].has, (text, typed))),
        for_definition=WORDS["definition"].has(text),
        for_today=frozenset(WORDS["asks_for_today"].groups_in(text)),
        for_number="number" in WORDS["narrow"].groups_in(text),
        names_something=bool(own) or bool(treatments.asked(whole)) or WORDS["treatment"].has(text),
    )


def _asks_for_risks(text: str) -> bool:
    harm = WORDS["not_risks"].without(text)
    return WORDS["risks"].has(harm) and not WORDS["narrow"].has(text)


def _asks_what_happened(text: str, whole: str) -> bool:
    """Whether a question asks for what did happen, or depends on one that does.

    "When was it approved?" does not: that happened to nobody.
    """
    depends = WORDS["happened"].has(whole) and not WORDS["asks_for_today"].has(whole)
    return WORDS["happened"].has(text) or depends
