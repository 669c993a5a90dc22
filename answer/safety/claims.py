"""The claims that mislead alone and what qualifies them: ``words/claims.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answer.notices.phrases import Phrases, PhraseTable, read_words
from answer.safety.says import PROSE, records_effect
from answer.safety.shelf import Place
from answer.safety.tables import FOLDER, WORDS, folded


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of claim. A missing pattern is one that nothing matches."""

    name: str
    is_of_one: bool
    """Whether claim and counter are about one patient, of the same document."""
    is_always: bool
    """Whether the claim is qualified whatever was asked."""
    is_answer: bool
    """Whether what qualifies the claim is shown even if no quote makes it."""
    needs_treatment: bool
    """Whether the unit has to name a treatment, or to say that it is about one."""
    about: Phrases
    claim: Phrases
    unless: Phrases | None
    counter: Phrases | None
    """None if what qualifies the claim is that a side effect did occur."""
    asks: Phrases | None

    def is_claim(self, place: Place, *, names_treatment: bool) -> bool:
        """Whether a unit makes the claim."""
        text = folded(place.text)
        if self.needs_treatment and not names_treatment and not WORDS["treated"].has(text):
            return False
        is_meant = self.about.search(text) and self.claim.search(text)
        is_exempt = self.unless is not None and self.unless.search(text)
        return bool(is_meant) and not is_exempt and not self.is_counter(place)

    def is_counter(self, place: Place) -> bool:
        """Whether a unit qualifies the claim."""
        if self.counter is None:
            return records_effect(place)
        text = folded(place.text)
        is_meant = self.about.search(text) and self.counter.search(text)
        return place.kind in PROSE and bool(is_meant)

    def is_asked(self, text: str) -> bool:
        """Whether a folded question asks about it."""
        return self.asks is not None and self.asks.search(text) is not None


def limits(place: Place) -> bool:
    """Whether a unit limits what the one before it says."""
    return place.kind in PROSE and LIMITING.has(folded(place.text))


def limits_by_pronoun(place: Place) -> bool:
    """Whether a unit says of nothing but what the one before it says that it is not so."""
    return "pronouns" in LIMITING.groups_in(folded(place.text))


def goes_on(place: Place) -> bool:
    """Whether a unit goes on with what the one before it says."""
    return place.kind in PROSE and CONTINUING.has(folded(place.text))


def _rules(table: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> Iterator[Rule]:
    for row in table["rule"]:
        yield Rule(
            name=row["name"],
            is_of_one=row["of"] == "one",
            is_always=row["when"] == "always",
            is_answer=row["answers"],
            needs_treatment=row.get("treated", False),
            about=Phrases(row["about"], lists),
            claim=Phrases(row["claim"], lists),
            unless=Phrases(row["unless"], lists) if "unless" in row else None,
            counter=Phrases(row["counter"], lists) if row["counter"] else None,
            asks=Phrases(row["asks"], lists) if row["asks"] else None,
        )


TABLE = read_words("claims", FOLDER)
LISTS = {name: words.split() for name, words in TABLE["lists"].items()}
RULES = tuple(_rules(TABLE, LISTS))
LIMITING, CONTINUING = (
    PhraseTable({group: Phrases(p, LISTS) for group, p in TABLE[name].items()})
    for name in ("limiting", "continuing")
)
