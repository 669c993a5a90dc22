"""Choose the quotes to show: as few as answer the question, or none."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from answer.weighing.calibration import Bars
from ingest.units import Unit

MAX_QUOTES = 5
"""Most quotes that are chosen for their probability. Chosen by hand; rules may add more."""
MAX_RELATED = 3
"""Most quotes to show as the closest if nothing answers. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A unit and the probability that it answers."""

    unit: Unit
    probability: float


def choose(
    scored: Sequence[Scored], bars: Bars, retracted: AbstractSet[str] = frozenset()
) -> tuple[list[Scored], list[Scored]]:
    """Return the quotes to show, best first, and, if there are none, the closest units.

    Args:
        scored: the candidates.
        bars: that they have to reach.
        retracted: the doc_ids of retracted sources. Their quotes come after all others, and keep
            none of them from being shown; among the closest, which are no answer, they stay.

    """
    chosen, closest = _chosen(scored, bars)
    last = [s for s in chosen if s.unit.doc_id in retracted]
    if not last:
        return chosen, closest
    sound, _ = _chosen([s for s in scored if s.unit.doc_id not in retracted], bars)
    first = sound or [s for s in chosen if s.unit.doc_id not in retracted]
    return [*first, *last][:MAX_QUOTES], []


def _chosen(scored: Sequence[Scored], bars: Bars) -> tuple[list[Scored], list[Scored]]:
    ranked = sorted(scored, key=lambda s: (-s.probability, s.unit.doc_id, s.unit.span))
    if not ranked or ranked[0].probability < bars.first:
        return [], ranked[:MAX_RELATED]
    bar = max(bars.further, bars.share * ranked[0].probability)
    further = [candidate for candidate in ranked[1:MAX_QUOTES] if candidate.probability >= bar]
    return [ranked[0], *further], []
