"""Open the index of a corpus, and say what may be wrong if it is of another."""

from __future__ import annotations

from pathlib import Path

from bank.known import Bank, EmptyBank
from bank.pipeline import open_index
from corpus.sources import Corpus
from index.encoder import Encoder
from index.engines.address import Address
from index.errors import IndexMismatchError
from index.retriever import Retriever


def opened(
    index: Path, read: Corpus, encoder: Encoder, cluster: Address | None
) -> tuple[Retriever, Bank | EmptyBank]:
    """Load the index of a corpus and its question bank; see ``bank.pipeline.open_index``."""
    try:
        return open_index(index, read, encoder, cluster)
    except IndexMismatchError as error:
        if not read.skipped:
            raise
        names = ", ".join(repr(one.doc_id) for one in read.skipped)
        raise IndexMismatchError(
            f"{error} Documents that cannot be used now: {names}; `quotewell list` says why."
        ) from error
