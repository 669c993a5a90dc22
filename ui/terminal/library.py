"""What a command works with: the answerer, or the documents alone, and those that were skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.sources import Corpus, Skipped, read_corpus
from ingest.document import Document
from ingest.drafting.processor import cores
from ingest.library import ingest_sources
from library.checkout import open_last
from ui.errors import moved_on, tell
from ui.process import uncollected
from ui.settings import Places
from ui.terminal.typed import as_typed

if TYPE_CHECKING:
    from answer.pipeline import Answerer


def open_answerer(places: Places, *, with_bank: bool = True) -> Answerer:
    """Load the corpus and its index, ready to answer, with or without its question bank.

    Where the corpus has changed since it was indexed, the version before answers; a line says so.
    """
    from answer.pipeline import load_answerer  # takes most of a second to load

    def load(corpus: Path | Corpus) -> Answerer:
        return load_answerer(
            corpus, places.index, cores(), with_bank=with_bank, cluster=places.cluster
        )

    with uncollected():
        answerer, earlier = open_last(places.corpus, places.index, load)
    if earlier:
        tell(as_typed(moved_on(earlier), places.named))
    return answerer


def read_documents(places: Places) -> tuple[Mapping[str, Document], AbstractSet[str]]:
    """Return the documents of the corpus and the ids of those skipped, after saying why."""
    corpus = read_corpus(places.corpus)
    documents, unreadable = ingest_sources(corpus.sources)
    skipped = corpus.skipped + unreadable
    tell_skipped(skipped, places)
    return documents, {one.doc_id for one in skipped}


def tell_skipped(skipped: Sequence[Skipped], places: Places) -> None:
    """Say why documents were skipped, one line for each fault."""
    faults = [fault for one in skipped for fault in one.faults]
    tell(*(f"skipped: {as_typed(fault, places.named)}" for fault in faults))
