"""What became of each file that was to be added, for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from corpus.labels import label_of
from ingest.drafting.reading import Reading
from ingest.repair.doubtful import DOUBTFUL, FORMULA
from library.proposal import Difference, Proposal

How = Literal["added", "text of", "pages of", "replaced"]
"""A new document, the text or the printed pages of a known one, or its new version."""


@dataclass(frozen=True, slots=True)
class Text:
    """How much text a file has."""

    sentences: int
    pages: int
    """0 without pages."""
    dropped: int
    """Stretches that are not content."""
    doubtful: int
    """Those of them whose characters are not certain."""
    notes: tuple[str, ...]
    """What to know of how it was read, a sentence each."""

    @classmethod
    def of(cls, reading: Reading) -> Text:
        """Return the counts of a reading."""
        document = reading.document
        doubtful = sum(one.reason in (DOUBTFUL, FORMULA) for one in document.dropped)
        return cls(
            sentences=len(document.sentences),
            pages=len(document.page_starts),
            dropped=len(document.dropped) - doubtful,
            doubtful=doubtful,
            notes=reading.notes,
        )


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file that is in the library now."""

    how: How
    path: Path
    """The file that was given."""
    doc_id: str
    label: str
    item: Mapping[str, Any]
    text: Text
    origins: Mapping[str, str] = field(default_factory=dict)
    """Where each fact is from, by its key."""
    missing: Sequence[str] = ()
    differences: Sequence[Difference] = ()

    @classmethod
    def of(
        cls,
        how: How,
        path: Path,
        item: Mapping[str, Any],
        reading: Reading,
        proposal: Proposal,
    ) -> Shelved:
        """Return the outcome for a file that became, or became part of, a document."""
        return cls(
            how, path, item["id"], label_of(item), item, Text.of(reading), proposal.origins,
            Proposal(item).missing, proposal.differences,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A file whose bytes the library has."""

    path: Path
    doc_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not added."""

    path: Path
    reason: str
    """One line that names the file and ends with what to do."""


Outcome = Shelved | Known | Refused
