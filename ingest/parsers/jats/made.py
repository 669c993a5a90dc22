"""What has been made of an article so far, other than its blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.blocks import Cited
from ingest.document import Dropped
from ingest.parsers.jats.xml import Element


@dataclass(slots=True)
class Made:
    """What is found while the text is read."""

    numbers: Mapping[str, int]
    """Of the entries of the reference list, by the ids that citations name."""
    dropped: list[Dropped] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    """Offsets in the file of formulas that cannot be written in a line."""
    mentioned: list[str] = field(default_factory=list)
    """Ids of figures and tables that the text points to, in order."""

    def drop(self, element: Element, reason: str) -> None:
        """Leave an element out; without a word in it there is nothing to tell."""
        text = element.text
        if text:
            self.dropped.append(Dropped(element.span, text, reason))

    def take(self, other: Made) -> None:
        """Add what was found in a part of the article that was read by itself."""
        self.dropped += other.dropped
        self.cited += other.cited
        self.doubtful += other.doubtful
