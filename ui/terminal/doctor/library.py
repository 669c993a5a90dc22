"""What is wrong with a library: its corpus, its history, its index. Nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from answer.opening import open_index
from bank.errors import BankError
from corpus.changing import unsettled
from corpus.digests import file_digest
from corpus.sources import Corpus, CorpusError, Skipped, read_corpus
from index.encoder import open_encoder
from index.errors import ClusterError, PassageIndexError
from index.manifest import verify
from index.pipeline import origin_of
from index.store import current_build, leftovers
from ingest.document import Document
from ingest.errors import IngestError
from ingest.library import files_of, read_files
from library.errors import LibraryError
from library.history import versions
from library.log import HISTORY
from ui.settings import Places

SETTLE = "run `quotewell list`, which settles it, then `quotewell doctor` again"


def corpus(places: Places) -> Iterator[str]:
    """Yield the faults of the corpus, and what a change that was killed has left."""
    for path in unsettled(places.corpus):
        yield f"{path}: is left of a change that was interrupted; {SETTLE}"
        return
    try:
        faults = [fault for one in read_corpus(places.corpus).skipped for fault in one.faults]
    except CorpusError as error:
        faults = list(error.faults)
    yield from faults


def history(places: Places) -> Iterator[str]:
    """Yield damage of the history, and of the files that it keeps."""
    folder = places.corpus / HISTORY
    try:
        versions(places.corpus)
    except LibraryError as error:
        yield str(error)
    kept = sorted((folder / "files").iterdir()) if (folder / "files").is_dir() else []
    for path in kept:
        if path.name.startswith(".new-"):
            yield f"{path}: is left of a change that was interrupted; delete it"
        elif file_digest(path) != path.stem:
            yield f"{path}: was altered: the versions that hold it cannot be served; restore it"


def index(places: Places) -> Iterator[str]:
    """Yield damage of the index, and what builds that were stopped have left of themselves."""
    left = leftovers(places.index)
    for path in left:
        yield f"{path}: is left of a build that was stopped; run `quotewell build`"
    try:
        build = current_build(places.index)
        read = _settled(places.corpus)
        encoder = open_encoder(places.index)
        if read is not None:
            verify(build, origin_of(encoder, read.sha256))
        if read is not None and not left:  # opening would remove it
            retriever, _ = open_index(places.index, read, encoder)
            yield from _otherwise(read, retriever.documents)
    except (PassageIndexError, BankError, IngestError) as error:
        yield str(error)


def cluster(places: Places) -> Iterator[str]:
    """Yield why the cluster that the environment names cannot be asked, if it names one."""
    try:
        address = places.cluster
        if address is not None and (read := _settled(places.corpus)) is not None:
            open_index(places.index, read, open_encoder(places.index), address)
    except ClusterError as error:
        yield str(error)
    except (PassageIndexError, BankError, IngestError):
        pass  # the index is examined by itself


def _settled(folder: Path) -> Corpus | None:
    """Return the corpus unless reading it would fail, or change it."""
    if any(unsettled(folder)):
        return None
    try:
        return read_corpus(folder)
    except CorpusError:
        return None


def _otherwise(read: Corpus, documents: Mapping[str, Document]) -> Iterator[str]:
    """Yield the documents of which the index says something else than their files."""
    for one in read_files(files_of(read.sources)):
        doc_id = one.doc_id if isinstance(one, Skipped) else one.document.doc_id
        there = None if isinstance(one, Skipped) else one.document
        if documents.get(doc_id) != there:
            yield (
                f"{doc_id}: the index says something else than its file; "
                "run `quotewell build --anew`"
            )
