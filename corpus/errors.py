"""What can be wrong with a corpus: faults, each a line that ends with what to do."""

from __future__ import annotations

from dataclasses import dataclass


class CorpusError(Exception):
    """A corpus folder that cannot be used as it is; as text, one fault per line."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults
        """Each names the file or item and ends with what to do."""

    def __str__(self) -> str:
        return "\n".join(self.faults)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A document that is left out; the others are used."""

    doc_id: str
    """Empty if the item has none."""
    faults: tuple[str, ...]
    """Why; each names the file or item and ends with what to do."""


class BusyError(Exception):
    """Another process is changing the same folder."""
