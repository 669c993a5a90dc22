"""Which quotes may be shown to one question, and which must be shown beside them."""

from __future__ import annotations

from collections.abc import Sequence

from answer.choosing.select import Scored
from answer.safety.asked import Asked
from answer.safety.counters import MAX_RECORDED, Counters
from answer.safety.meaning import Meaning
from answer.safety.pool import Pick, Pool
from answer.safety.risks import Harm
from answer.safety.says import gives_dose, reassures, records_effect
from answer.safety.shelf import Place

MAX_QUOTES = 8
"""Most quotes of an answer to which rules added some. Chosen by hand: three paragraphs on grave
harm, the common side effects, and four on what else was asked or qualifies them."""


class Ruling:
    """What the rules say about one question. Made by ``SafetyRules``."""

    def __init__(
        self, asked: Asked, scored: Sequence[Scored], pool: Pool, meaning: Meaning
    ) -> None:
        self._asked, self._pool, self._meaning = asked, pool, meaning
        self._counters = Counters(asked, pool, meaning)
        self.allowed = [s for s in scored if self._may_be_shown(pool.place(s))]
        """The units that were read and may be quoted."""

    def completed(self, chosen: Sequence[Scored], closest: Sequence[Scored] = ()) -> list[Scored]:
        """Return the quotes to show: those chosen, and what must not be left out beside them.

        Args:
            chosen: for the question.
            closest: if there are none: one that makes a claim which was asked about is shown
                together with what qualifies it.

        """
        picks = [self._counters.with_limited(self._pool.picked(scored)) for scored in chosen]
        if self._asked.for_risks:
            picks = self._with_harm(picks)
        if not picks and not self._asked.is_personal:
            picks = self._counters.on_topic(map(self._pool.picked, closest))
        if picks or self._asked.names_something:
            picks += self._counters.asked_for(picks, self._is_wanted)
        shown: list[Pick] = []
        for pick in picks:
            group = self._pool.apart([pick, *self._counters.of(pick, [*picks, *shown])], shown)
            if not shown or len(shown) + len(group) <= MAX_QUOTES:
                shown += group
        return [self._pool.scored(pick) for pick in shown]

    def related(self, closest: Sequence[Scored]) -> list[Scored]:
        """Return the closest units that may be shown: no dose but of the drug asked for."""
        return [s for s in closest if not self._is_dose_of_another(self._pool.place(s))]

    def _may_be_shown(self, place: Place) -> bool:
        if self._asked.is_personal and (self._meaning.is_of_one(place) or reassures(place)):
            return False
        if not self._asked.treatments:
            return True
        if self._asked.for_doses and self._is_dose_of_another(place):
            return False
        is_harm = self._asked.for_risks and self._meaning.tells_of_harm(place)
        return not is_harm or self._is_meant(place)

    def _is_dose_of_another(self, place: Place) -> bool:
        """Whether a unit gives a dose, and not of what was asked for or a drug of that kind."""
        return gives_dose(place) and not self._meaning.is_of_drug(place, self._asked.treatments)

    def _with_harm(self, picks: Sequence[Pick]) -> list[Pick]:
        """Put the harm that was asked for before the quotes chosen."""
        harm = self._recorded() if self._asked.for_what_happened else self._possible(picks)
        taken = {at for pick in harm for at in pick.positions}
        return [*harm, *(pick for pick in picks if not taken & {*pick.positions})]

    def _possible(self, picks: Sequence[Pick]) -> list[Pick]:
        if not picks and not self._asked.names_something:
            return []
        harm = Harm(self._pool, self._meaning, self._is_wanted)
        found = [*harm.serious(), *harm.common()]
        return found if picks else [*found, *harm.likeliest(found)]

    def _recorded(self) -> list[Pick]:
        places = self._pool.places(self._pool.positions)
        recorded = [p.at for p in places if records_effect(p) and self._is_wanted(p)]
        return [self._pool.pick([at]) for at in recorded[:MAX_RECORDED]]

    def _is_wanted(self, place: Place) -> bool:
        """Whether a unit may be shown, and is about what and whom the question is about."""
        is_of_one = self._meaning.is_of_one(place) == self._asked.for_what_happened
        return is_of_one and self._is_meant(place) and self._may_be_shown(place)

    def _is_meant(self, place: Place) -> bool:
        """Whether a unit is about the treatment asked for, or any if none was."""
        return self._meaning.is_about(place, self._asked.treatments)
