"""Which quotes may be shown to one question, and which must be shown beside them."""

from __future__ import annotations

from collections.abc import Sequence

from answer.choosing.select import Scored
from answer.safety.asked import Asked
from answer.safety.counters import MAX_RECORDED, Counters
from answer.safety.meaning import Meaning
from answer.safety.pool import Pick, Pool
from answer.safety.risks import MAX_SERIOUS, Harm
from answer.safety.says import (
    Severity,
    gives_dose,
    names_condition,
    reassures,
    records_effect,
    says_harm_is_over,
    tells_of_today,
    was_true_then,
)
from answer.safety.shelf import Place
from answer.safety.treatments import Treated
from ingest.document import Span

MOST_WITH_RULES = 8
"""Most quotes of an answer to which rules added some. Chosen by hand: three paragraphs on grave
harm, the common side effects, and four on what else was asked or qualifies them."""

STAYS_FIRST = 0.9
"""Least probability of a quote that stays before the harm that is added. Chosen by hand: hardly
anything is as likely but the answer to a question that the bank knows."""

NEAR = 0.1
"""Least probability of a sentence that is shown though below the bar: it makes a claim, tells of
the approval or guidance, or gives the dose of "this drug" that was asked about. Chosen by
hand."""


class Ruling:
    """What the rules say about one question. Made by ``SafetyRules``."""

    def __init__(
        self, asked: Asked, scored: Sequence[Scored], pool: Pool, meaning: Meaning
    ) -> None:
        self._asked, self._pool, self._meaning = asked, pool, meaning
        self._counters = Counters(asked, pool, meaning)
        self.allowed = [s for s in scored if self._may_be_shown(pool.place(s))]
        """The units that were read and may be quoted."""

    @property
    def puts_in_order(self) -> bool:
        """Whether the order of the quotes matters even if no rule adds any."""
        return self._asked.for_risks

    def completed(self, chosen: Sequence[Scored], closest: Sequence[Scored] = ()) -> list[Scored]:
        """Return the quotes to show: those chosen, and what must not be left out beside them.

        Args:
            chosen: for the question.
            closest: if there are none: one that makes a claim which was asked about is shown
                together with what qualifies it, one on the approval or guidance asked for too.

        """
        picks = [self._widened(self._pool.picked(scored)) for scored in chosen]
        if self._asked.for_definition:
            picks = self._without_claims(picks)
        if self._asked.for_risks:
            picks = self._with_harm(picks)
        picks = self._with_dose(picks)
        if not picks and not self._asked.is_personal:
            near = [*filter(self._is_near, map(self._pool.picked, closest))]
            picks = self._counters.on_topic(near) or self._of_today(near)
        if picks or self._asked.names_something:
            picks += self._counters.asked_for(picks, self._is_wanted)
        shown: list[Pick] = []
        for number, pick in enumerate(picks, start=1):
            found = self._counters.of(pick, shown, coming=picks[number:])
            counters = filter(self._may_all_be_shown, found)
            group = self._pool.apart([pick, *counters], shown)
            if not shown or len(shown) + len(group) <= MOST_WITH_RULES:
                shown += group
        return [self._pool.scored(pick) for pick in shown]

    def related(self, closest: Sequence[Scored]) -> list[Scored]:
        """Return the closest units that may be shown: no dose but of the drug asked for."""
        return [s for s in closest if not self._is_dose_of_another(self._pool.place(s))]

    def is_dated(self, scored: Scored) -> bool:
        """Whether a quote needs the date of its source beside it: it may not hold any more."""
        text = self._pool.text(scored)
        return bool(self._asked.for_today) or was_true_then(text)

    def antecedent(self, scored: Scored) -> Span | None:
        """Return where its document names what "this drug" or "it" in a quote stands for."""
        return self._meaning.antecedent(self._pool.place(scored).at)

    def _may_all_be_shown(self, pick: Pick) -> bool:
        return all(map(self._may_be_shown, self._pool.places(pick.positions)))

    def _may_be_shown(self, place: Place) -> bool:
        if self._asked.is_personal and (self._meaning.is_of_one(place) or reassures(place)):
            return False
        if self._asked.is_conditional and reassures(place) and not names_condition(place):
            return False
        if not self._asked.treatments:
            return True
        if self._is_of_another(place):
            return False
        if self._asked.for_doses and self._is_dose_of_another(place):
            return False
        is_harm = self._asked.for_risks and self._meaning.tells_of_harm(place)
        return not is_harm or self._is_meant(place)

    def _is_of_another(self, place: Place) -> bool:
        """Whether a unit says "this drug" of another, or what another is, or is approved for."""
        if self._meaning.is_of_another(place, self._asked.treatments):
            return True
        defines = self._asked.for_definition and self._meaning.names_treatment(place)
        for_approval = "approval" in self._asked.for_today
        approves = for_approval and "approval" in tells_of_today(place)
        is_asked = defines or approves
        return is_asked and self._meaning.is_about_others(place, self._asked.treatments)

    def _is_dose_of_another(self, place: Place) -> bool:
        """Whether a unit gives a dose, and not of what was asked for or a drug of that kind."""
        return gives_dose(place) and not self._meaning.is_of_drug(place, self._asked.treatments)

    def _with_dose(self, picks: list[Pick]) -> list[Pick]:
        """Put the dose that was asked for first, also if no quote gives one.

        To "how is X given?", the reader may like best what X is.
        """
        if not self._asked.for_doses or self._asked.names_condition:
            return picks
        if not picks:
            return self._bound_dose()
        if self._asked.for_what_happened:
            return picks
        doses = [p for p in picks if any(map(gives_dose, self._pool.places(p.positions)))]
        return [*(doses or self._bound_dose()), *(p for p in picks if p not in doses)]

    def _bound_dose(self) -> list[Pick]:
        """Return the likeliest unit that says "this drug is given" of the one asked for.

        The reader cannot see that it is that drug, and is too unsure. Of a kind of drugs, return
        one for each, if the first is likely: alone it would be taken for the dose of all.
        """
        picks: dict[Treated, Pick] = {}
        for scored in sorted(self.allowed, key=lambda scored: -scored.probability):
            place = self._pool.place(scored)
            is_bound = self._meaning.is_bound(place, self._asked.treatments)
            if gives_dose(place) and is_bound and (picks or scored.probability >= NEAR):
                pick = self._widened(self._pool.picked(scored))
                picks.setdefault(self._meaning.drugs(place), pick)
        return list(picks.values())

    def _of_today(self, near: Sequence[Pick]) -> list[Pick]:
        """Return the likeliest that tells of the approval or guidance asked for, by treatment."""
        wanted = self._asked.for_today & {"approval", "guidance"}
        if not self._asked.treatments or self._asked.for_number:
            return []
        places = (place for pick in near for place in self._pool.places(pick.positions))
        return [self._pool.pick([p.at]) for p in places if wanted & tells_of_today(p)][:1]

    def _is_near(self, pick: Pick) -> bool:
        """Whether a quote may be an answer, and is about the treatment asked for."""
        is_meant = not self._asked.treatments or all(
            map(self._is_meant, self._pool.places(pick.positions))
        )
        return pick.probability >= NEAR and is_meant

    def _widened(self, pick: Pick) -> Pick:
        wider = self._counters.with_what_it_limits(pick)
        return wider if self._may_all_be_shown(wider) else pick

    def _without_claims(self, picks: Sequence[Pick]) -> list[Pick]:
        """Leave out claims after the first quote, which do not say what something is."""
        return [p for p in picks if p is picks[0] or not self._counters.makes_claim(p)]

    def _with_harm(self, picks: Sequence[Pick]) -> list[Pick]:
        """Put the harm that was asked for before the quotes chosen, but after a sure answer."""
        if not picks and not self._asked.names_something:
            return []
        sure = [pick for pick in picks[:1] if self._is_sure(pick)]
        if sure and self._asked.for_one_harm and not self._is_mild_list(sure[0]):
            return list(picks)
        harm = self._recorded() if self._asked.for_what_happened else self._possible(picks)
        holding = [one for one in harm if sure and {*sure[0].positions} <= {*one.positions}]
        return list(dict.fromkeys([*(holding or sure), *harm, *picks]))

    def _is_sure(self, pick: Pick) -> bool:
        """Whether a quote surely answers, and is not the half of it: mild harm, or none."""
        if self._asked.for_common_harm and self._is_mild_list(pick):
            return True
        if pick.probability < STAYS_FIRST or any(map(reassures, self._pool.places(pick.positions))):
            return False
        return self._asked.for_one_harm or not self._is_mild_list(pick)

    def _is_mild_list(self, pick: Pick) -> bool:
        places = [*self._pool.places(pick.positions)]
        is_grave = any(self._meaning.severity(place) >= Severity.GRAVE for place in places)
        return not is_grave and any(map(self._meaning.lists_effects, places))

    def _possible(self, picks: Sequence[Pick]) -> list[Pick]:
        harm = Harm(self._pool, self._meaning, self._is_harm_to_come)
        # Whoever asks for what is common has to see that there is worse, not all of it.
        most = 1 if self._asked.for_common_harm else MAX_SERIOUS
        found = [*harm.serious()[:most], *harm.common()]
        return found if picks else [*found, *harm.likeliest(found)]

    def _recorded(self) -> list[Pick]:
        places = self._pool.places(self._pool.positions)
        recorded = [p.at for p in places if records_effect(p) and self._is_wanted(p)]
        return [self._pool.pick([at]) for at in recorded[:MAX_RECORDED]]

    def _is_harm_to_come(self, place: Place) -> bool:
        """Whether a unit may stand for the harm asked for: not one that says when it was over.

        It tells whoever asks for deaths that there are some.
        """
        is_over = says_harm_is_over(place) and not self._asked.for_deaths
        return not is_over and self._is_wanted(place)

    def _is_wanted(self, place: Place) -> bool:
        """Whether a unit may be shown, and is about what and whom the question is about."""
        is_of_one = self._meaning.is_of_one(place) == self._asked.for_what_happened
        return is_of_one and self._is_meant(place) and self._may_be_shown(place)

    def _is_meant(self, place: Place) -> bool:
        """Whether a unit is about the treatment asked for, or any if none was."""
        return self._meaning.is_about(place, self._asked.treatments)
