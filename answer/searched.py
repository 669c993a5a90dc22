"""How much of a library a question is searched for in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from answer.errors import QuestionError
from index.retriever import Retriever
from ingest.document import Document

MOST_LISTED = 20
"""Documents that are named to whoever asks for an unknown one; of more, none. Chosen by hand."""


def check_known(wanted: Sequence[str], documents: Mapping[str, Document]) -> None:
    """Refuse doc_ids that a library does not have.

    Raises:
        QuestionError: if there is one.

    """
    if unknown := sorted(doc_id for doc_id in wanted if doc_id not in documents):
        some = sorted(islice(documents, MOST_LISTED + 1))
        known = ", ".join(some) if len(some) <= MOST_LISTED else "those of `quotewell list`"
        raise QuestionError(f"there is no document {unknown[0]!r}; choose among {known}")


def counted(named: Sequence[Sequence[str] | None], retriever: Retriever) -> tuple[int, int]:
    """Return how many documents and passages were searched.

    Args:
        named: for each part of a question, the doc_ids that it was restricted to; None for all.
        retriever: of the library.

    """
    if not all(named):
        return len(retriever.documents), len(retriever.passages)
    doc_ids = {doc_id for some in named for doc_id in some or ()}
    return len(doc_ids), sum(len(retriever.passages_of(doc_id)) for doc_id in doc_ids)
