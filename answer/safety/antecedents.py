"""What "this drug", "it" or "these" in a quote stand for, in the document's own words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from answer.safety.says import PROSE
from answer.safety.shelf import Place, Shelf
from answer.safety.subjects import Subjects
from answer.safety.tables import WORDS, folded
from answer.safety.treatments import are_related
from ingest.document import Document, Span

MAX_BACK = 3
"""Most sentences before a quote that stand for "it" together. Chosen by hand."""
MAX_CHARS = 300
"""Most characters of them; if they have more, the first, which names it, is shown alone. Chosen by
hand: three lines on a card."""


def points_to_treatment(place: Place) -> bool:
    """Whether a unit is about "this drug" or the like."""
    return WORDS["treatment_meant"].has(_meant(place))


def points_back(place: Place) -> bool:
    """Whether a unit is about something that is named before it."""
    text = _meant(place)
    return any(WORDS[name].has(text) for name in ("treatment_meant", "thing_meant", "begins"))


def begins_with_pronoun(place: Place) -> bool:
    """Whether the first words of a unit stand for what is named before it."""
    return WORDS["begins"].has(_meant(place))


class Antecedents:
    """Finds what the pronouns of a library's units stand for.

    Args:
        shelf: the library.
        subjects: which treatment each of its units is about.
        documents: by doc_id.

    """

    def __init__(self, shelf: Shelf, subjects: Subjects, documents: Mapping[str, Document]) -> None:
        self._shelf, self._subjects, self._documents = shelf, subjects, documents

    def of(self, at: int) -> Span | None:
        """Return where the document names what the unit at a position is about.

        The nearest sentence before it that names the treatment, or those just before it up to one
        that needs none itself, or else the heading that names the treatment. None if the unit
        names it itself, or nothing does.
        """
        place = self._shelf.place(at)
        if place.kind not in PROSE or not self._needs_one(place):
            return None
        if points_to_treatment(place):
            return self._naming(place) or self._before(place)
        return self._before(place) or self._naming(place)

    def _needs_one(self, place: Place) -> bool:
        return begins_with_pronoun(place) or (
            points_back(place) and not self._subjects.named_in(place)
        )

    def _naming(self, place: Place) -> Span | None:
        """Return the nearest sentence before a unit, or heading, that names its treatment."""
        meant = self._subjects.of(place.at)
        for before in self._subjects.before(place):
            if are_related(meant, self._subjects.named_in(before)):
                return before.unit.span if before.kind in PROSE else None
        return self._heading(place)

    def _before(self, place: Place) -> Span | None:
        """Return the sentences before a unit, from one that needs none before it."""
        row: list[Place] = []
        for before in self._just_before(place):
            row.insert(0, before)
            if not points_back(before):
                whole = Span(row[0].unit.span.start, row[-1].unit.span.end)
                return whole if len(whole) <= MAX_CHARS else row[0].unit.span
        return None

    def _just_before(self, place: Place) -> Iterator[Place]:
        section = self._shelf.section(place.at)
        for at in range(place.at - 1, max(section.start, place.at - MAX_BACK) - 1, -1):
            before = self._shelf.place(at)
            if before.kind not in PROSE:
                return
            yield before

    def _heading(self, place: Place) -> Span | None:
        """Return the innermost heading that names a treatment."""
        document = self._documents[place.unit.doc_id]
        trail = document.sections[place.section].headings
        while trail:
            if self._subjects.named(trail[-1]):
                return _place_of(trail, document, place.section)
            trail = trail[:-1]
        return None


def _meant(place: Place) -> str:
    return WORDS["stands_alone"].without(folded(place.text))


def _place_of(trail: tuple[str, ...], document: Document, section: int) -> Span | None:
    """Return where the last heading of a trail stands, at or above a section."""
    for above in document.sections[section::-1]:
        start = above.span.start
        if above.headings == trail and document.text.startswith(trail[-1], start):
            return Span(start, start + len(trail[-1]))
    return None
