"""What a build did, document by document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from corpus.errors import Skipped


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """What a build did with one document."""

    doc_id: str
    state: Literal["read", "unchanged"]
    """Whether its file was read, by this build or one that was stopped, or is as it was before."""
    passages: int
    sentences: int
    dropped: int
    """Stretches of the file that were left out, the doubtful ones among them."""
    joined: int
    """Places where stretches that are apart in the file were joined."""
    doubtful: int
    """Stretches that were left out because of characters that may be wrong."""
    notes: tuple[str, ...]
    """What to know of how the file was read; none for a document that is unchanged."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    documents: tuple[BuiltDocument, ...]
    """In the order of the corpus."""
    skipped: tuple[Skipped, ...]
    """Documents of the corpus that are not in the index."""
    withdrawn: tuple[str, ...]
    """Ids of documents that were in the index before."""
    n_questions: int
    seconds: float

    @property
    def n_documents(self) -> int:
        """In the index."""
        return len(self.documents)

    @property
    def n_sentences(self) -> int:
        """In the index."""
        return sum(document.sentences for document in self.documents)

    @property
    def n_passages(self) -> int:
        """In the index."""
        return sum(document.passages for document in self.documents)

    def count(self, state: Literal["read", "unchanged"]) -> int:
        """Return how many documents were read, or are unchanged."""
        return sum(document.state == state for document in self.documents)

    @property
    def read(self) -> Iterable[BuiltDocument]:
        """The documents that were read."""
        return (document for document in self.documents if document.state == "read")

    def record(self) -> dict[str, Any]:
        """Return all of it as data for JSON."""
        counts = ("n_documents", "n_sentences", "n_passages")
        return {**{name: getattr(self, name) for name in counts}, **asdict(self)}
