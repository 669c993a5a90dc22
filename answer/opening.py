"""Open the index of a corpus with what this stage keeps in it."""

from __future__ import annotations

from pathlib import Path

from answer.mining.writing import Mining
from bank import pipeline
from bank.known import Bank, EmptyBank
from corpus.sources import Corpus
from index.encoder import Encoder
from index.engines.address import Address
from index.errors import IndexMismatchError
from index.retriever import Retriever

BESIDE = (Mining(),)
"""What this stage keeps beside the documents of every segment."""


def open_index(
    folder: Path, corpus: Corpus, encoder: Encoder, cluster: Address | None = None
) -> tuple[Retriever, Bank | EmptyBank]:
    """Load the index of a corpus and its question bank; see ``bank.pipeline.open_index``.

    Raises:
        PassageIndexError, BankError: as there; an index of another corpus is told together with
            the documents that cannot be used.

    """
    try:
        return pipeline.open_index(folder, corpus, encoder, BESIDE, cluster)
    except IndexMismatchError as error:
        if not corpus.skipped:
            raise
        names = ", ".join(repr(one.doc_id) for one in corpus.skipped)
        raise IndexMismatchError(
            f"{error} Documents that cannot be used now: {names}; `quotewell list` says why."
        ) from error
