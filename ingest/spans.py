"""Stretches of text, the only offsets there are."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.errors import OffsetError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A non-empty run of characters in one text.

    Raises:
        OffsetError: unless ``0 <= start < end``.

    """

    start: int
    """Offset of the first character."""
    end: int
    """Offset one past the last character."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise OffsetError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether every character of ``other`` is also in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans have a character in common."""
        return self.start < other.end and other.start < self.end
