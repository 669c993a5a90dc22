"""What engines need of a build's files: which passages it has, and what they hold of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.engines.address import Address
from index.engines.cluster import ClusterEngine, Collections, PassagesOf
from index.engines.engine import IndexedPassage
from index.engines.milvus import Milvus
from index.engines.places import Places
from index.manifest import Origin, compare, read_manifest
from index.segments.carrying import ORDER, SEGMENTS, OldBuild
from index.segments.entries import Order, order_from_bytes
from index.segments.segment import ENTRIES, FILES, Segment, Shelved
from index.store import open_current
from index.texts import index_text
from index.tokens import tokenize


def open_engine(build: Path, cluster: Address, origin: Origin) -> ClusterEngine:
    """Connect to the cluster that holds a build.

    Args:
        build: its folder, verified.
        cluster: its address.
        origin: of the build.

    Raises:
        ClusterError: if the cluster does not hold it, or cannot be asked.

    """
    return ClusterEngine.open(Milvus(cluster), places_of(build), origin)


@contextmanager
def in_cluster(
    cluster: Address | None, folder: Path, build: Path, old: OldBuild | None, origin: Origin
) -> Iterator[None]:
    """Bring a build into the cluster, if there is one, before the block publishes it.

    Args:
        cluster: its address.
        folder: of the index.
        build: the folder of the build, complete.
        old: the build in use, if the new one takes over from it.
        origin: of both.

    Raises:
        ClusterError: if the cluster cannot take it; the block is then not run. Or if it cannot
            take out what was withdrawn, after the block: the next build then does.

    """
    if cluster is None:
        yield
        return
    new = places_of(build)
    before = Places([entry for entry, _ in old.entries.values()]) if old else None
    with Milvus(cluster) as milvus:
        collections = Collections(milvus, folder, origin)
        collections.put(new, before, passages_of(build, origin.dimension))
        yield
        collections.settle(new, before)


def write_imports(folder: Path, cluster: Address, out: Path) -> tuple[str, int, list[Path]]:
    """Write the passages of the build in use as files that the cluster imports.

    Args:
        folder: of the index.
        cluster: where the collection is made ready for them.
        out: new or empty.

    Returns:
        The name of the collection, how many passages were written, and the files.

    Raises:
        PassageIndexError: if there is no build, a file cannot be written, or the cluster cannot
            make the collection.

    """
    from index.engines.importing import write_files  # needs the extra

    def write(build: Path) -> tuple[str, int, list[Path]]:
        manifest = read_manifest(build)
        compare(build, manifest, manifest.files)
        places, origin = places_of(build), manifest.origin
        with Milvus(cluster) as milvus:
            collection = Collections(milvus, folder, origin).prepared(places)
        doc_ids = dict(_order(build).documents)
        return collection, *write_files(passages_of(build, origin.dimension)(doc_ids), out)

    return open_current(folder, write)


def places_of(build: Path) -> Places:
    """Return where the passages of a build are, by the order of its documents."""
    entries = {
        path.name: {entry.doc_id: entry for entry in _segment(path).entries}
        for path in (build / SEGMENTS).iterdir()
    }
    return Places([entries[name][doc_id] for doc_id, name in _order(build).documents])


def passages_of(build: Path, dimension: int) -> PassagesOf:
    """Return what reads the passages of some documents of a build, segment by segment.

    Args:
        build: its folder.
        dimension: of its vectors.

    """

    def read(doc_ids: Collection[str]) -> Iterator[IndexedPassage]:
        names = dict(_order(build).documents)
        for name in sorted({names[doc_id] for doc_id in doc_ids}):
            wanted = {doc_id for doc_id in doc_ids if names[doc_id] == name}
            for shelved in _segment(build / SEGMENTS / name).shelved(wanted, dimension):
                yield from _indexed(shelved)

    return read


def _order(build: Path) -> Order:
    return order_from_bytes(build / ORDER, (build / ORDER).read_bytes())


def _segment(folder: Path) -> Segment:
    """Return a segment, with whatever later stages have put there."""
    beside = {path.name for path in folder.iterdir()} - FILES
    return Segment(folder, (folder / ENTRIES).read_bytes(), beside)


def _indexed(shelved: Shelved) -> Iterator[IndexedPassage]:
    entry = shelved.entry
    keys = entry.keys(entry.passages).tolist()
    for key, passage, vector in zip(keys, shelved.passages, shelved.vectors, strict=True):
        yield IndexedPassage(key, entry.doc_id, tokenize(index_text(passage)), vector)
