"""What becomes of questions, counted and logged."""

from __future__ import annotations

from collections.abc import Mapping

from ui.errors import Refusal
from ui.queue import Outcome
from ui.watching.logs import tell
from ui.watching.metrics import Metrics


class Watched:
    """Counts and logs what becomes of questions; is never told a word of one."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def waited(self, seconds: float) -> None:
        """Count a question whose turn has come."""
        self._metrics.waited(seconds)

    def refused(self, why: Refusal) -> None:
        """Count and log a question that was not taken."""
        self._metrics.refused(why)
        tell("question", outcome=why)

    def ended(self, outcome: Outcome, timing_ms: Mapping[str, float]) -> None:
        """Count and log a question that was taken."""
        self._metrics.ended(outcome, timing_ms)
        times = {f"{stage}_ms": round(ms, 1) for stage, ms in timing_ms.items()}
        tell("question", outcome=outcome, **times)
