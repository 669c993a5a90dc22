"""How much is read for a question, and when that is enough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """How many windows are read for a question, a few at a time."""

    steps: tuple[int, ...]
    """Windows read by the end of each step, ascending."""
    sure: float = 0.8
    """Probability of the likeliest unit read, from 0 to 1, from which no more are read."""
    with_context: int = 4
    """How many are read with the sentences before them, which costs half as much again."""

    @property
    def most(self) -> int:
        """How many windows are read at most."""
        return self.steps[-1]


EFFORT = Effort((4, 10))
BESIDE_LARGE_BANK = Effort((4, 8))
"""Both chosen with ``python -m benchmarks.windows``, on documents and questions kept out of
training. A large bank names the windows that answer, so the ninth and tenth hold little more."""


def effort_beside(density: float) -> Effort:
    """Return how much is read beside a bank of this density (``bank.known.Bank.density``)."""
    return BESIDE_LARGE_BANK if density == 1.0 else EFFORT
