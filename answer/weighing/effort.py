"""How many windows are read for a question, and when those that were read are enough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """How many windows are read for a question, a few at a time."""

    known: tuple[int, ...] = (4, 6)
    """Read by the end of each step, ascending, if a known question is near: what answers that one
    is among the first windows."""
    unknown: tuple[int, ...] = (4, 10)
    """The same if none is."""
    sure: float = 0.8
    """Probability of the likeliest unit read, from 0 to 1, from which no more are read."""

    @property
    def most(self) -> int:
        """How many windows may be read for any question."""
        return max(self.known[-1], self.unknown[-1])

    def steps(self, *, is_known: bool) -> tuple[int, ...]:
        """Return how many windows are read by the end of each step."""
        return self.known if is_known else self.unknown


EFFORT = Effort()
"""Chosen with ``python -m benchmarks.windows`` on documents and questions kept out of training."""
