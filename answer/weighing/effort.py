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


UNKNOWN = Effort((4, 10))
"""For a question that the bank does not know (``Near.is_known``). This and ``KNOWN`` were chosen
with ``python -m benchmarks.windows`` on documents and questions kept out of training."""
KNOWN = Effort((4, 6))
"""For one that it does: what answers it is among the first windows."""
MOST = max(*UNKNOWN.steps, *KNOWN.steps)
"""Windows that may be read for any question."""
