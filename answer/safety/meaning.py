"""What the units of a library mean: what they are about, whom, and what harm they tell of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from answer.safety import says
from answer.safety.antecedents import Antecedents, points_back, points_to_treatment
from answer.safety.says import PROSE, Severity
from answer.safety.shelf import Place, Shelf
from answer.safety.subjects import Subjects
from answer.safety.tables import folded
from answer.safety.treatments import Treated, Treatments, are_related, drugs_of, kinds_of
from ingest.document import Document


class Meaning:
    """Knows what the units of a library mean.

    Args:
        shelf: the library.
        documents: of the library, by doc_id.
        treatments: by all the names that the library gives them.
        is_about_one: whether the document with a doc_id is about one patient.

    """

    def __init__(
        self,
        shelf: Shelf,
        documents: Mapping[str, Document],
        treatments: Treatments,
        is_about_one: Callable[[str], bool],
    ) -> None:
        self._shelf, self._treatments = shelf, treatments
        self._subjects = Subjects(shelf, treatments)
        self.antecedent = Antecedents(shelf, self._subjects, documents).of
        """Where the document names what the unit at a position is about, or None."""
        self._is_about_one = is_about_one
        self.tells_of_harm = lru_cache(maxsize=20_000)(self._tells_of_harm)

    def is_about(self, place: Place, treatments: Treated) -> bool:
        """Whether a unit is about one of some treatments, a kind of it, or one of its kind.

        If there are none, whether it is about a treatment at all.
        """
        found = self._subjects.of(place.at)
        return are_related(treatments, found) if treatments else bool(found)

    def is_about_others(self, place: Place, treatments: Treated) -> bool:
        """Whether a unit is about treatments that are none of some, nor of their kind."""
        found = self._subjects.of(place.at)
        return bool(found) and not are_related(treatments, found)

    def is_of_drug(self, place: Place, treatments: Treated) -> bool:
        """Whether a unit is about one of some treatments, or about a drug of that kind."""
        return any(treatments & {*kinds_of(name)} for name in self._subjects.of(place.at))

    def drugs(self, place: Place) -> Treated:
        """Return the drugs that a unit is about."""
        return drugs_of(self._subjects.of(place.at))

    def is_bound(self, place: Place, treatments: Treated) -> bool:
        """Whether a unit says "this drug" or "it" of one of some treatments."""
        is_unnamed = points_back(place) and not self.names_treatment(place)
        return is_unnamed and self.is_of_drug(place, treatments)

    def is_of_another(self, place: Place, treatments: Treated) -> bool:
        """Whether a unit says "this drug" of another treatment than some, and of another kind."""
        if not points_to_treatment(place):
            return False
        found = self._subjects.of(place.at) - self._subjects.named_in(place)
        return bool(found) and not are_related(drugs_of(treatments) or treatments, found)

    def are_related(self, one: Place, other: Place) -> bool:
        """Whether two units are about the same treatment, or one about a kind of the other's."""
        return are_related(self._subjects.of(one.at), self._subjects.of(other.at))

    def names_treatment(self, place: Place) -> bool:
        """Whether a unit itself names a treatment."""
        return bool(self._treatments.named(folded(place.text)))

    def is_of_one(self, place: Place) -> bool:
        """Whether a unit tells the story of one patient."""
        is_in = self._is_about_one(place.unit.doc_id)
        return says.singles_out(place) or (is_in and says.tells_of_the_patient(place))

    def severity(self, place: Place) -> Severity:
        """Return how grave the harm is that a unit tells of; none of what a document cites."""
        if place.kind not in PROSE or not self.tells_of_harm(place):
            return Severity.NONE
        return says.severity(says.what_is_done(folded(place.text)))

    def lists_effects(self, place: Place) -> bool:
        """Whether a unit names several side effects of a treatment."""
        text = says.what_is_done(folded(place.text))
        return place.kind in PROSE and says.lists_effects(text) and self.tells_of_harm(place)

    def on_harm(self, sections: Iterable[int], treatments: Treated) -> Iterator[int]:
        """Yield the positions of the units under headings on the harm of treatments, or any.

        Args:
            sections: the position of the first unit of each section to look at.
            treatments: to look for.

        """
        for start in sections:
            first = self._shelf.place(start)
            if self._is_under_harm(first) and self.is_about(first, treatments):
                yield from self._shelf.section(start)

    def _tells_of_harm(self, place: Place) -> bool:
        """Whether a unit is about what a treatment does to people."""
        text, names_treatment = folded(place.text), self.names_treatment(place)
        is_told = says.tells_of_harm(text, names_treatment=names_treatment)
        return is_told or self._is_under_harm(place)

    def _is_under_harm(self, place: Place) -> bool:
        text = folded(" . ".join(place.headings))
        names_treatment = bool(self._treatments.named(text))
        return says.is_heading_on_harm(text, names_treatment=names_treatment)
