"""The sections of a document under headings on harm, and the treatments by which they are found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answer.safety.says import is_heading_on_harm
from answer.safety.tables import folded
from answer.safety.treatments import Treated, kinds_of, mentions
from ingest.document import Document, Passage
from ingest.units import firsts_of

ANY = ""
"""What every section on harm is found by."""


@dataclass(frozen=True, slots=True)
class HarmSection:
    """A section that may be on the harm of some treatments."""

    doc_id: str
    start: int
    """Of its first unit, in the document's text."""
    passage: int
    """Which of the document's passages holds its beginning, from 0."""


def harm_in(
    document: Document, passages: Sequence[Passage]
) -> Iterator[tuple[HarmSection, frozenset[str]]]:
    """Yield the sections that may be on harm, and what each is found by.

    Whether a heading such as "Risks" is on the harm of a treatment can depend on names that only
    other documents explain: that is left to whoever asks.
    """
    starts = [passage.span.start for passage in passages]
    section = None
    for number, unit in firsts_of(document.sentences):
        if document.sentences[number].section == section:
            continue
        section = document.sentences[number].section
        headings = folded(" . ".join(document.sections[section].headings[1:]))
        if is_heading_on_harm(headings, names_treatment=True):
            texts = (folded(document.quote(unit.span)), headings, folded(document.title))
            named = frozenset(name for text in texts for _, name in mentions(text))
            passage = max(bisect_right(starts, unit.span.start) - 1, 0)
            yield HarmSection(document.doc_id, unit.span.start, passage), _keys(named)


def asked_by(treatments: Treated) -> frozenset[str]:
    """Return by what sections on the harm of some treatments are found; on any, if there are none.

    They name one of the treatments, a kind of it, or one of its kind.
    """
    kinds = (f"={kind}" for name in treatments for kind in kinds_of(name))
    return frozenset((*kinds, *(f"<{name}" for name in treatments))) or frozenset((ANY,))


def _keys(named: Treated) -> frozenset[str]:
    kinds = (f"<{kind}" for name in named for kind in kinds_of(name))
    return frozenset((ANY, *kinds, *(f"={name}" for name in named)))
