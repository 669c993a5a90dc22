"""A quote that makes a claim is shown with what qualifies it in the same library."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from answer.safety.asked import Asked
from answer.safety.claims import RULES, Rule, goes_on, limits, limits_by_pronoun
from answer.safety.meaning import Meaning
from answer.safety.pool import Pick, Pool
from answer.safety.shelf import Place

MAX_RECORDED = 3
"""Most side effects of one patient that are quoted. Chosen by hand."""

Test = Callable[[Place], bool]


class Counters:
    """Finds what qualifies the claims of one answer.

    Args:
        asked: the question.
        pool: what to choose from.
        meaning: of the library.

    """

    def __init__(self, asked: Asked, pool: Pool, meaning: Meaning) -> None:
        self._asked, self._pool, self._meaning = asked, pool, meaning
        self._asked_about = [rule for rule in RULES if rule.is_asked(asked.text)]

    def of(self, pick: Pick, shown: Iterable[Pick], coming: Sequence[Pick] = ()) -> list[Pick]:
        """Return what qualifies the claims that a quote makes, unless it is among those shown.

        Args:
            pick: the quote.
            shown: those before it.
            coming: those after it, which are preferred to others.

        """
        found: list[Pick] = []
        for claim in self._pool.places(pick.positions):
            for rule in self._rules(claim):
                found += self._missing(rule, claim, [pick, *shown, *found], coming)
        return list(dict.fromkeys(found))

    def makes_claim(self, pick: Pick) -> bool:
        """Whether a quote makes a claim that has to be qualified."""
        return any(map(self._rules, self._pool.places(pick.positions)))

    def asked_for(self, shown: Iterable[Pick], is_wanted: Test) -> list[Pick]:
        """Return what qualifies the claims that were asked about, unless it is among those shown.

        Args:
            shown: the quotes.
            is_wanted: whether a unit is about the treatment that was asked for.

        """
        found: list[int] = []
        seen = {at for pick in shown for at in pick.positions}
        for rule in self._asked_about:
            if rule.is_answer and rule.is_of_one == self._asked.for_what_happened:
                places = self._pool.places(self._pool.positions)
                counters = [p.at for p in places if rule.is_counter(p) and is_wanted(p)]
                if counters and not seen & {*counters}:
                    found.append(min(counters, key=self._pool.rank))
                    seen.add(found[-1])
        return [self._pool.pick([at]) for at in found]

    def on_topic(self, closest: Iterable[Pick]) -> list[Pick]:
        """Return the likeliest of the closest that makes or qualifies a claim asked about."""
        answering = [rule for rule in self._asked_about if rule.is_answer]
        for pick in closest:
            places = list(self._pool.places(pick.positions))
            if any(self._is_on(rule, place) for place in places for rule in answering):
                return [pick]
        return []

    def with_what_it_limits(self, pick: Pick) -> Pick:
        """Return a quote with the sentence before it, if it goes on with it or denies it.

        "It can also be given by mouth", "This is not known of other drugs".
        """
        first = self._pool.shelf.place(pick.positions[0])
        is_after = first.at - 1 in self._pool.shelf.section(first.at)
        if not is_after or not (limits_by_pronoun(first) or goes_on(first)):
            return pick
        before = self._pool.shelf.place(first.at - 1)
        if before.paragraph != first.paragraph:
            return pick
        return Pick(range(before.at, pick.positions.stop), pick.probability)

    def _is_on(self, rule: Rule, place: Place) -> bool:
        return rule.is_counter(place) or rule in self._rules(place)

    def _rules(self, claim: Place) -> list[Rule]:
        """Return the rules for which a unit makes the claim."""
        return [
            rule
            for rule in RULES
            if (rule.is_always or rule in self._asked_about)
            and rule.is_claim(claim, names_treatment=self._meaning.names_treatment(claim))
            and (not rule.is_of_one or self._meaning.is_of_one(claim))
        ]

    def _missing(
        self, rule: Rule, claim: Place, shown: Iterable[Pick], coming: Iterable[Pick]
    ) -> list[Pick]:
        """Return what qualifies a claim by one rule; nothing if one of those shown does."""
        qualifies = self._test(rule, claim)

        def has_one(pick: Pick) -> bool:
            return any(map(qualifies, self._pool.places(pick.positions)))

        if any(map(has_one, shown)):
            return []
        near = [self._pool.pick([at]) for at in self._nearest(rule, claim, qualifies)]
        return [*filter(has_one, coming)][:1] or near

    def _test(self, rule: Rule, claim: Place) -> Test:
        """Return the test of a unit that qualifies a claim."""

        def of_one(place: Place) -> bool:
            is_same = place.unit.doc_id == claim.unit.doc_id and self._meaning.is_of_one(place)
            return is_same and of_anybody(place)

        def of_anybody(place: Place) -> bool:
            return rule.is_counter(place) and self._meaning.are_related(claim, place)

        return of_one if rule.is_of_one else of_anybody

    def _nearest(self, rule: Rule, claim: Place, qualifies: Test) -> list[int]:
        """Return the next sentence if it limits the claim, and the nearest that qualifies it."""
        shelf = self._pool.shelf
        if rule.counter is None:
            document = self._pool.places(shelf.document(claim.unit.doc_id))
            return [place.at for place in document if qualifies(place)][:MAX_RECORDED]
        near = (
            place.at for place in self._pool.places(self._pool.near(claim.at)) if qualifies(place)
        )
        found = list(near)[:1]
        if claim.at + 1 in shelf.section(claim.at) and limits(shelf.place(claim.at + 1)):
            found.insert(0, claim.at + 1)
        return found
