"""Whether an index is this user's own work, or says what the files of its corpus say.

Whoever may write into the folder of an index can make every digest in it right again. So a build
is sealed: with a key that is kept in the user's data folder (``corpus.own.home``), over the digest
of its manifest, on which all the rest depends. An index without that seal was built by somebody
else, or changed: it is compared with the corpus, word by word, before it is sealed.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus.own.home import own_key
from corpus.sources import Corpus, Skipped
from index.errors import IndexMismatchError, PassageIndexError
from index.manifest import SEAL, wrong
from index.retriever import Retriever
from index.segments.beside import Beside
from index.segments.segment import Segment, fits
from ingest.document import Document
from ingest.drafting.reading import reading_version
from ingest.library import files_of, read_files
from ingest.passages import are_cut
from ingest.units import units_of


def is_sealed(build: Path) -> bool:
    """Whether a build has the seal of this user, and of the present version of our reading.

    Args:
        build: its folder, which is named by the digest of its manifest.

    """
    expected = _seal(build.name)
    try:
        found = (build / SEAL).read_bytes()
    except OSError:
        return False
    return expected is not None and hmac.compare_digest(found, expected)


def seal(build: Path) -> None:
    """Seal a build that was made from the files of its corpus, or compared with them.

    Where there is no key, or the seal cannot be written, it stays without.
    """
    if made := _seal(build.name):
        with contextlib.suppress(OSError):
            descriptor, name = tempfile.mkstemp(dir=build, prefix=f"{SEAL}-")
            with open(descriptor, "wb") as file:
                file.write(made)
            os.replace(name, build / SEAL)


def _seal(manifest: str) -> bytes | None:
    key = own_key()
    message = f"quotewell index\n{reading_version()}\n{manifest}".encode()
    return key and hmac.digest(key, message, "sha256")


def compare_with_files(
    build: Path, retriever: Retriever, corpus: Corpus, beside: Sequence[Beside] = ()
) -> None:
    """Compare an index with the files of its corpus, which are read again.

    Args:
        build: its folder.
        retriever: over it.
        corpus: that it was built from.
        beside: what later stages keep of the documents of each segment.

    Raises:
        IndexMismatchError: if another version of our reading made it, and it says something else.
        DamagedIndexError: if it says something else.

    """
    doc_ids, n_units = [], 0
    for one in read_files(files_of(corpus.sources)):
        if isinstance(one, Skipped):
            continue
        if not _says_the_same(retriever, one.document):
            raise _otherwise(build, retriever)
        doc_ids.append(one.document.doc_id)
        n_units += len(set(units_of(one.document.sentences)))
    if doc_ids != [*retriever.documents] or n_units != retriever.shelves.n_units:
        raise _otherwise(build, retriever)
    for segment in retriever.shelves.segments:
        for kept in beside:
            _compare_beside(segment, kept, retriever.encoder.dimension)


def _says_the_same(retriever: Retriever, document: Document) -> bool:
    """Whether an index says of a document, in its passages too, what its file says."""
    if retriever.documents.get(document.doc_id) != document:
        return False
    passages = [retriever.passages[row] for row in retriever.passages_of(document.doc_id)]
    sentences = tuple(sentence for passage in passages for sentence in passage.sentences)
    entry = retriever.shelves.entry(retriever.shelves.numbers[document.doc_id])
    is_whole = sentences == document.sentences and are_cut(document, passages)
    return is_whole and fits(entry, document, passages)


def _compare_beside(segment: Segment, kept: Beside, dimension: int) -> None:
    """Compare what a later stage kept of a segment with what it makes of its documents now."""
    with tempfile.TemporaryDirectory() as folder:
        writer = kept.writer(Path(folder))
        try:
            for shelved in segment.shelved(segment.entries.places.keys(), dimension):
                writer.add(shelved)
        finally:
            writer.close()
        if Path(folder, kept.name).read_bytes() != (segment.folder / kept.name).read_bytes():
            raise wrong(segment.folder / kept.name, "does not fit the documents")


def _otherwise(build: Path, retriever: Retriever) -> PassageIndexError:
    """Return why a build says something else than the files of its corpus."""
    entries = map(retriever.shelves.entry, range(len(retriever.documents)))
    if {entry.reading for entry in entries} != {reading_version()}:
        return IndexMismatchError(
            "another version of Quotewell has read the files of the index. Run `quotewell build`."
        )
    return wrong(build, "says something else than the files of the corpus")
