"""How many windows are read for a question, and when those that were read are enough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """How many windows are read for a question, a few at a time."""

    steps: tuple[int, ...] = (3, 6, 10)
    """Read by the end of each step, ascending; after each, what was read may be enough."""
    sure: float = 0.7
    """Probability of the likeliest unit, from 0 to 1, from which no more are read."""
    hopeless: float = 0.0
    """The same, below which no more are read: nothing in the best windows comes near an answer."""

    @property
    def most(self) -> int:
        """How many windows are read at most."""
        return self.steps[-1]

    def is_enough(self, likeliest: float) -> bool:
        """Whether no more windows are read, by the probability of the likeliest unit so far."""
        return likeliest >= self.sure or likeliest < self.hopeless


EFFORT = Effort()
"""Chosen with ``python -m benchmarks.windows`` on documents kept out of training."""
