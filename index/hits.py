"""What a search returns."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.document import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found by a search."""

    passage: Passage
    rank: int
    """Place in the list of hits, from 1."""
    score: float
    """Higher is better; compares only within one search."""
