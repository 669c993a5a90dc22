"""Load the files of an index for searching; ``index.segments.building`` writes them."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from index.encoder import Encoder
from index.engines.address import Address
from index.engines.builds import open_engine
from index.errors import DamagedIndexError
from index.manifest import Manifest, Origin, check, compare, read_manifest, verify, wrong
from index.parts.part import TUNING
from index.parts.search import DenseParts
from index.retriever import Retriever, StoredIndex
from index.segments.carrying import (
    CHANGES,
    ORDER,
    SEGMENTS,
    SPARSE,
    SPARSE_SENTENCES,
    order_of,
    segments_of,
)
from index.segments.segment import FILES
from index.segments.shelves import Shelves, keys_of
from index.segments.views import Documents
from index.sparse import SparseIndex
from ingest.document import Document

PARTS = frozenset({ORDER, SEGMENTS, SPARSE, SPARSE_SENTENCES})


def load_build(
    build: Path,
    *,
    encoder: Encoder,
    corpus_hash: str,
    beside: AbstractSet[str] = frozenset(),
    in_segments: AbstractSet[str] = frozenset(),
    is_sealed: bool = False,
    cluster: Address | None = None,
) -> Retriever:
    """Load one build of an index; its documents are read when they are asked for.

    Args:
        build: its folder, as passed by ``index.store.open_current``.
        encoder: the one that it was built with.
        corpus_hash: of the corpus that it was built from.
        beside: the names of files that later stages have put there.
        in_segments: the names of those that they have put into each segment.
        is_sealed: whether its manifest is known to be this machine's own. Then the large files are
            compared by their sizes, and what is read of them by its own digest; else all files
            are compared byte by byte, and all words and vectors are checked for sense.
        cluster: that finds its passages; this machine if None.

    Raises:
        ClusterError: if the cluster does not hold the build, or cannot be asked.
        DamagedIndexError: if a file is missing, truncated, altered, or does not belong there.
        IndexMismatchError: if it is of another version, encoder or corpus.

    """
    manifest = (check if is_sealed else verify)(build, origin_of(encoder, corpus_hash))
    if strange := sorted(manifest.parts - beside ^ PARTS):
        raise wrong(build / strange[0], "is missing or does not belong there")
    compare(build, manifest, [name for name in manifest.files if _is_small(name)])
    try:
        stored = _loaded(build, manifest, encoder.dimension, in_segments)
        if not is_sealed:
            stored.check()
    except DamagedIndexError:
        raise
    except Exception as error:  # whatever is raised for what is not a file of its own
        raise wrong(build, f"cannot be read ({' '.join(str(error).split())})") from error
    if not stored.fits(manifest.counts):
        raise wrong(build, "holds files of different lengths")
    if cluster is None:
        return Retriever(encoder, stored)
    return Retriever(encoder, stored, open_engine(build, cluster, manifest.origin))


def _is_small(name: str) -> bool:
    """Whether a file is one of the small ones, apart from those that a segment compares."""
    return "/" not in name or name.rpartition("/")[2] in CHANGES | {TUNING}


def _loaded(
    build: Path, manifest: Manifest, dimension: int, in_segments: AbstractSet[str]
) -> StoredIndex:
    shelves = _shelves(build, manifest, in_segments)
    numbers = shelves.column("number")
    of_passages = keys_of(numbers, shelves.first_passage)
    of_sentences = keys_of(numbers, shelves.first_of_document)
    return StoredIndex(
        shelves=shelves,
        dense=DenseParts([*shelves.parts(dimension)], dimension),
        sparse=SparseIndex.load(build / SPARSE, of_passages),
        sparse_sentences=SparseIndex.load(build / SPARSE_SENTENCES, of_sentences),
    )


def documents_of(build: Path) -> Mapping[str, Document]:
    """Return the documents of a build by id, whatever it was built from.

    Raises:
        DamagedIndexError: if what says which documents there are was altered; a document that was
            altered is refused when it is read.
        IndexMismatchError: if it is of another version.

    """
    manifest = read_manifest(build)
    names = {name.split("/")[2] for name in manifest.files if name.startswith(f"{SEGMENTS}/")}
    return Documents(_shelves(build, manifest, names - FILES))


def _shelves(build: Path, manifest: Manifest, in_segments: AbstractSet[str]) -> Shelves:
    order, segments = order_of(build, manifest), segments_of(build, manifest, in_segments)
    named = {name for _, name in order.documents}
    if strange := sorted(named ^ segments.keys()):
        raise wrong(build / SEGMENTS / strange[0], "is missing or does not belong there")
    for doc_id, name in order.documents:
        if doc_id not in segments[name].entries.places:
            raise wrong(segments[name].folder, f"lacks the document {doc_id!r}")
    return Shelves(segments, order)


def origin_of(encoder: Encoder, corpus_hash: str) -> Origin:
    """Return what an index is built from, to be stored in it or compared with it."""
    return Origin(encoder.name, encoder.sha256, encoder.dimension, corpus_hash)
