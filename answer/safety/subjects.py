"""Which treatment a unit is about: named in it, just before it, or above it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from answer.safety.shelf import Place, Shelf
from answer.safety.tables import folded
from answer.safety.treatments import Treated, Treatments, kinds_of, most_specific

LOOK_BACK = 15
"""Units before one in which "this drug" is looked for. Chosen by hand: a long paragraph or two."""


class Subjects:
    """Finds what each unit of a library is about."""

    def __init__(self, shelf: Shelf, treatments: Treatments) -> None:
        self._shelf, self._treatments = shelf, treatments
        self.of = lru_cache(maxsize=20_000)(self._find)

    def named(self, text: str) -> Treated:
        """Return the treatments that a stretch of a document names."""
        return self._treatments.named(folded(text))

    def named_in(self, place: Place) -> Treated:
        """Return the treatments that a unit itself names."""
        return self.named(place.text)

    def before(self, place: Place) -> Iterator[Place]:
        """Yield the units before one in its section, the nearest first."""
        first = max(self._shelf.section(place.at).start, place.at - LOOK_BACK)
        for at in range(place.at - 1, first - 1, -1):
            yield self._shelf.place(at)

    def _find(self, at: int) -> Treated:
        """Return the treatments that the unit at a position is about; none if nothing says.

        They are named in the unit itself. If it names none, or none of the kind that its headings
        name, the nearest ones before it in its section count too: under headings that name a
        kind, those of that kind. In a document whose title names a drug, its kind is that drug.
        """
        place = self._shelf.place(at)
        own = self.named_in(place)
        headed = self.named(" . ".join(place.headings))
        titled = self.named(place.title)
        found = {*own, *self._above(place, own, headed, titled)}
        return frozenset(
            narrow for name in most_specific(found) for narrow in _narrowed(name, titled)
        )

    def _above(self, place: Place, own: Treated, headed: Treated, titled: Treated) -> Treated:
        """Return what is named before and above a unit, if that is what it is about."""
        if headed:
            if _of_kinds(own, headed):
                return frozenset()
            near = (_of_kinds(self.named_in(one), headed) for one in self.before(place))
            return next((names for names in near if names), headed)
        if own:
            return frozenset()
        return next(filter(None, map(self.named_in, self.before(place))), titled)


def _of_kinds(names: Treated, kinds: Treated) -> Treated:
    """Return the names that are one of the kinds, or the kind itself."""
    return frozenset(name for name in names if kinds & {*kinds_of(name)})


def _narrowed(name: str, titled: Treated) -> Treated:
    """Return the drugs of the title that are of a kind, or else the name of the kind itself."""
    return frozenset(drug for drug in titled if name in kinds_of(drug)) or frozenset([name])
