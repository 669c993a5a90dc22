"""Load the files of an index for searching; ``index.segments.building`` writes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import numpy as np

from index.dense import DenseIndex
from index.embedding import are_unit
from index.encoder import Encoder, Vectors
from index.engines.address import Address
from index.engines.builds import open_engine
from index.errors import DamagedIndexError
from index.hits import Rows
from index.manifest import Counts, Origin, verify, wrong
from index.retriever import Retriever, StoredIndex
from index.segments.boxes import SegmentBoxes
from index.segments.carrying import (
    ORDER,
    SEGMENTS,
    SPARSE,
    SPARSE_SENTENCES,
)
from index.segments.entries import read_order
from index.segments.segment import Segment, Shelved
from index.sparse import SparseIndex
from ingest.document import Document

PARTS = frozenset({ORDER, SEGMENTS, SPARSE, SPARSE_SENTENCES})


def load_build(
    build: Path,
    *,
    encoder: Encoder,
    corpus_hash: str,
    beside: AbstractSet[str] = frozenset(),
    cluster: Address | None = None,
) -> Retriever:
    """Load one build of an index after verifying all its files.

    Args:
        build: its folder, as passed by ``index.store.open_current``.
        encoder: the one that it was built with.
        corpus_hash: of the corpus that it was built from.
        beside: the names of files that later stages have put there.
        cluster: that finds its passages; this machine if None.

    Raises:
        ClusterError: if the cluster does not hold the build, or cannot be asked.
        DamagedIndexError: if a file is missing, truncated, altered, or does not belong there.
        IndexMismatchError: if it is of another version, encoder or corpus.

    """
    manifest = verify(build, origin_of(encoder, corpus_hash))
    if strange := sorted(manifest.parts - beside ^ PARTS):
        raise wrong(build / strange[0], "is missing or does not belong there")
    try:
        stored = _loaded(build, manifest.counts, encoder.dimension)
    except DamagedIndexError:
        raise
    except Exception as error:  # whatever is raised for what is not a file of its own
        raise wrong(build, f"cannot be read ({' '.join(str(error).split())})") from error
    if not stored.fits(manifest.counts, encoder.dimension):
        raise wrong(build, "holds files of different lengths")
    if cluster is None:
        return Retriever(encoder, stored)
    return Retriever(encoder, stored, open_engine(build, cluster, manifest.origin))


def _loaded(build: Path, counts: Counts, dimension: int) -> StoredIndex:
    shelves = {shelved.document.doc_id: shelved for shelved in read_shelves(build, dimension)}
    in_order = [shelves[doc_id] for doc_id, _ in read_order(build / ORDER).documents]
    keys = [s.entry.keys(s.entry.passages) for s in in_order]
    of_sentences = [s.entry.keys(s.entry.sentences) for s in in_order]
    return StoredIndex(
        documents={s.document.doc_id: s.document for s in in_order},
        passages=tuple(passage for s in in_order for passage in s.passages),
        dense=DenseIndex(_gathered([s.vectors[: s.entry.passages] for s in in_order], dimension)),
        sparse=SparseIndex.load(build / SPARSE, _joined(keys)),
        sentence_vectors=_gathered([s.vectors[s.entry.passages :] for s in in_order], dimension),
        sparse_sentences=SparseIndex.load(build / SPARSE_SENTENCES, _joined(of_sentences)),
        boxes=SegmentBoxes(build / SEGMENTS, read_order(build / ORDER).documents),
    )


def read_shelves(build: Path, dimension: int) -> Iterator[Shelved]:
    """Yield the documents of a build, segment by segment.

    Raises:
        DamagedIndexError: if its files do not fit together.

    """
    for segment, doc_ids in _segments(build):
        yield from segment.shelved(doc_ids, dimension)


def documents_of(build: Path) -> dict[str, Document]:
    """Return the documents of a build by id, whatever it was built from; nothing is verified.

    Raises:
        DamagedIndexError: if its files do not fit together.
        IngestError: if a line is not a document.

    """
    return {
        doc_id: document
        for segment, doc_ids in _segments(build)
        for doc_id, document in segment.documents(doc_ids).items()
    }


def reading_versions(build: Path) -> set[str]:
    """Return the versions of what read the documents of a build; nothing is verified."""
    return {
        entry.reading
        for segment, doc_ids in _segments(build)
        for entry in segment.entries
        if entry.doc_id in doc_ids
    }


def _segments(build: Path) -> Iterator[tuple[Segment, set[str]]]:
    """Yield the segments of a build, and the ids of the documents that are in use of each."""
    wanted: dict[str, set[str]] = {}
    for doc_id, name in read_order(build / ORDER).documents:
        wanted.setdefault(name, set()).add(doc_id)
    there = {path.name for path in (build / SEGMENTS).iterdir()}
    if strange := sorted(there ^ wanted.keys()):
        raise wrong(build / SEGMENTS / strange[0], "is missing or does not belong there")
    for name, doc_ids in wanted.items():
        segment = Segment(build / SEGMENTS / name)
        if missing := doc_ids - {entry.doc_id for entry in segment.entries}:
            raise wrong(segment.folder, f"lacks the document {min(missing)!r}")
        yield segment, doc_ids


def origin_of(encoder: Encoder, corpus_hash: str) -> Origin:
    """Return what an index is built from, to be stored in it or compared with it."""
    return Origin(encoder.name, encoder.sha256, encoder.dimension, corpus_hash)


def _gathered(parts: Sequence[Vectors], dimension: int) -> Vectors:
    """Return the vectors of all documents, copied from the files that hold them."""
    vectors = np.concatenate([*parts, np.zeros((0, dimension), dtype=np.float32)])
    if not are_unit(vectors):
        raise ValueError("it holds no unit vectors")
    return vectors


def _joined(keys: Sequence[Rows]) -> Rows:
    return np.concatenate([*keys, np.zeros(0, dtype=np.int64)])
