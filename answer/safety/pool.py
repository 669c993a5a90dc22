"""What the rules choose from for one question: the units that were read, and those near by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, takewhile

from answer.choosing.select import Scored
from answer.safety.shelf import Place, Shelf
from index.encoder import Vectors
from ingest.document import Span
from ingest.units import Unit

NEAREST = 100
"""Units that are nearest in meaning to a question, or to a claim, that are looked through besides
those that were read. Chosen by hand: a few sections."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A quote to show: one unit, or several in a row of one section."""

    positions: range
    probability: float


class Pool:
    """The units of a library that a question's answer may be made of.

    Args:
        shelf: the library.
        scored: the units that were read, and how likely each answers.
        vector: the question's, shape ``(d,)``.
        documents: doc_ids that may be quoted from; all if empty.
        also: positions of units of which the nearest to the question are looked through too.

    """

    def __init__(
        self,
        shelf: Shelf,
        scored: Iterable[Scored],
        vector: Vectors,
        documents: Collection[str],
        also: Iterable[int] = (),
    ) -> None:
        self.shelf, self._documents = shelf, documents
        self._vector, self._also = vector, tuple(also)
        self._probability = {shelf.position(s.unit): s.probability for s in scored}

    @cached_property
    def positions(self) -> Sequence[int]:
        """Of the units that were read, those nearest to the question, and their paragraphs'.

        In order. They are looked for when a rule looks through them: it takes reading many
        documents, and few questions need it.
        """
        nearest = self.shelf.nearest(self._vector, NEAREST, self._documents)
        beside: set[int] = set()
        for at in {*self._probability, *nearest, *self._nearest_of(self._also)}:
            if at not in beside:
                beside.update(self.shelf.paragraph(at))
        return sorted(filter(self._is_open, beside))

    @cached_property
    def _closeness(self) -> dict[int, float]:
        return self.shelf.closeness(self._vector, self.positions)

    def near(self, position: int) -> list[int]:
        """Return the positions of the units nearest in meaning to one, the nearest first."""
        vector = self.shelf.vector_of(position)
        return [at for at in self.shelf.nearest(vector, NEAREST, self._documents) if at != position]

    def place(self, scored: Scored) -> Place:
        """Return where a unit that was read stands."""
        return self.shelf.place(self.shelf.position(scored.unit))

    def text(self, scored: Scored) -> str:
        """Return the words of a quote: of one unit, or of several in a row."""
        at = self.shelf.position(scored.unit)
        row = range(at, self.shelf.document(scored.unit.doc_id).stop)
        places = takewhile(lambda one: scored.unit.span.covers(one.unit.span), self.places(row))
        return " ".join(place.text for place in places)

    def places(self, positions: Iterable[int]) -> Iterator[Place]:
        """Yield the units at some positions."""
        return map(self.shelf.place, positions)

    def rank(self, position: int) -> tuple[float, float]:
        """Return what to sort by, the likeliest first; of those that were not read, the nearest."""
        return -self._probability.get(position, 0.0), -self._closeness[position]

    def pick(self, positions: Sequence[int]) -> Pick:
        """Return the quote of some units in a row."""
        probability = max(self._probability.get(at, 0.0) for at in positions)
        return Pick(range(min(positions), max(positions) + 1), probability)

    def picked(self, scored: Scored) -> Pick:
        """Return the quote of one unit."""
        at = self.shelf.position(scored.unit)
        return Pick(range(at, at + 1), scored.probability)

    def apart(self, picks: Iterable[Pick], shown: Iterable[Pick]) -> list[Pick]:
        """Return the quotes without the units that those before them, or those shown, have."""
        taken = {at for pick in shown for at in pick.positions}
        found = []
        for pick in picks:
            for is_taken, run in groupby(pick.positions, key=taken.__contains__):
                if not is_taken:
                    row = list(run)
                    found.append(Pick(range(row[0], row[-1] + 1), pick.probability))
            taken |= {*pick.positions}
        return found

    def scored(self, pick: Pick) -> Scored:
        """Return what is quoted, and how likely it answers."""
        first = self.shelf.place(pick.positions[0]).unit
        last = self.shelf.place(pick.positions[-1]).unit
        unit = Unit(first.doc_id, Span(first.span.start, last.span.end))
        return Scored(unit, pick.probability)

    def _nearest_of(self, positions: Iterable[int]) -> set[int]:
        allowed = sorted(filter(self._is_open, positions))
        closeness = self.shelf.closeness(self._vector, allowed)
        return {*sorted(allowed, key=closeness.__getitem__, reverse=True)[:NEAREST]}

    def _is_open(self, position: int) -> bool:
        return not self._documents or self.shelf.doc_id(position) in self._documents
