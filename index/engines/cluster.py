"""A build's passages in a cluster: put there before it is published, found when it is opened.

A build is known in the cluster by an alias made from ``Places.digest``, which is set when all of
its passages are there. The next build goes on in the same collection, with only what changed; a
build that takes nothing over gets a new one. What a collection holds beyond a build is never
found in it: its keys have no rows. So readers go on with one build while the next is put there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import numpy as np

from index.encoder import Vectors
from index.engines.address import VARIABLE
from index.engines.engine import IndexedPassage
from index.engines.milvus import Milvus
from index.engines.places import Places
from index.engines.schema import kind_for
from index.errors import ClusterError
from index.hits import Rows
from index.manifest import Origin

PREFIX = "quotewell_"
"""With which the names of all our collections and aliases begin."""

PassagesOf = Callable[[Collection[str]], Iterable[IndexedPassage]]
"""Returns the passages of some documents, by doc_id."""


class ClusterEngine:
    """Searches a build's passages in a cluster; an ``index.engines.engine.Engine``.

    Args:
        milvus: the connection, which ``close`` closes.
        collection: that holds them, loaded.
        places: of the build.

    """

    def __init__(self, milvus: Milvus, collection: str, places: Places) -> None:
        self._milvus, self._collection, self._places = milvus, collection, places

    @classmethod
    def open(cls, milvus: Milvus, places: Places, origin: Origin) -> ClusterEngine:
        """Find the collection of a build.

        Args:
            milvus: the connection.
            places: of the build.
            origin: of the build.

        Raises:
            ClusterError: if the cluster does not hold the build, or cannot be asked.

        """
        collection = milvus.named(_alias(places, origin))
        if collection is None:
            raise _lacking(milvus, "does not hold this index")
        milvus.load(collection)
        if (count := milvus.count(collection)) < len(places):
            raise _lacking(milvus, f"holds {count:,} of {len(places):,} passages of this index")
        return cls(milvus, collection, places)

    def dense(self, vector: Vectors, k: int, documents: Collection[str] | None = None) -> Rows:
        """Find passages by meaning, see ``Engine.dense``."""
        return self._rows(self._milvus.dense(self._collection, vector, k, documents))

    def words(
        self, tokens: Iterable[str], k: int, documents: Collection[str] | None = None
    ) -> Rows:
        """Find passages by words, see ``Engine.words``."""
        return self._rows(self._milvus.words(self._collection, tokens, k, documents))

    def count(self) -> int:
        """Return how many passages are held; more than the build has while another is put there."""
        return self._milvus.count(self._collection)

    def close(self) -> None:
        """Close the connection."""
        self._milvus.close()

    def _rows(self, keys: Rows) -> Rows:
        rows = self._places.rows(keys)
        return np.asarray(rows[rows >= 0])


class Collections:
    """The collections of one library in a cluster.

    Args:
        milvus: the connection to a database that holds nothing of another library.
        folder: of the library's index.
        origin: of its builds.
        words: see ``Milvus.create``.

    Raises:
        ClusterError: if the database holds another library's passages.

    """

    def __init__(self, milvus: Milvus, folder: Path, origin: Origin, *, words: bool = True) -> None:
        self._milvus, self._origin, self._words = milvus, origin, words
        own = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]
        self._prefix = f"{PREFIX}{own}_"
        if others := [one for one in self._ours() if not one.startswith(self._prefix)]:
            raise ClusterError(
                f"the database {milvus.address.shown} holds another library ({others[0]}). "
                f"Name another database in {VARIABLE}, or drop that collection."
            )

    def put(self, new: Places, old: Places | None, passages_of: PassagesOf) -> None:
        """Bring all passages of a build into the cluster, then give it its alias.

        Args:
            new: the build.
            old: the build in use, if the new one takes over from it.
            passages_of: of the new build.

        """
        alias = _alias(new, self._origin)
        self._adopt(old)
        self._clear(new, old)
        if (collection := self._milvus.named(alias)) is not None:
            if self._milvus.count(collection) >= len(new):
                return
            self._milvus.unname(alias)  # it has lost some
        held, collection = self._held(old, new)
        if held or self._milvus.count(collection) != len(new):
            documents = {entry.doc_id for entry in new.without(held or Places(()))}
            self._milvus.upsert(collection, passages_of(documents), words=self._words)
        if (count := self._milvus.count(collection)) < len(new):
            raise _lacking(self._milvus, f"took {count:,} of {len(new):,} passages")
        self._milvus.name(alias, collection)

    def settle(self, new: Places, old: Places | None) -> None:
        """Take out what only the build before had, once the new one is published."""
        collection = self._milvus.named(_alias(new, self._origin))
        if collection is None:
            raise _lacking(self._milvus, "does not hold this index")
        for entry in old.without(new) if old else ():
            self._milvus.delete(collection, entry.keys(entry.passages))
        if self._milvus.count(collection) != len(new):  # builds that were stopped left some
            for keys in self._milvus.keys(collection):
                self._milvus.delete(collection, keys[new.rows(keys) < 0])

    def prepared(self, build: Places) -> str:
        """Return the name of the collection into which files of a build are to be imported.

        It is made if there is none. The next build finds what was imported there.
        """
        return self._held(None, build)[1]

    def _adopt(self, old: Places | None) -> None:
        """Give the build in use its alias if its files were imported."""
        if old is None or self._milvus.named(_alias(old, self._origin)) is not None:
            return
        if (own := self._own(old)) not in self._ours():
            return
        if self._milvus.count(own) < len(old):
            self._milvus.reload(own)
        if (count := self._milvus.count(own)) < len(old):
            raise ClusterError(
                f"{own} at {self._milvus.address.shown} holds {count:,} of {len(old):,} passages. "
                "Wait until they are imported, or drop it; then run `quotewell build`."
            )
        self._milvus.name(_alias(old, self._origin), own)

    def _held(self, old: Places | None, new: Places) -> tuple[Places | None, str]:
        """Return a build that the collection already holds, if one does, and the collection."""
        kind = f"{self._prefix}{kind_for(len(new))}_"
        collection = self._milvus.named(_alias(old, self._origin)) if old else None
        if collection is not None and collection.startswith(kind):
            return old, collection
        collection = self._own(new)
        if collection not in self._ours():
            dimension = self._origin.dimension
            self._milvus.create(collection, dimension, kind_for(len(new)), words=self._words)
        return None, collection

    def _clear(self, new: Places, old: Places | None) -> None:
        """Remove what no build needs: readers of those before the one in use have gone by now."""
        wanted = _alias(old, self._origin) if old else None
        for collection in self._ours():
            aliases = self._milvus.aliases(collection)
            for alias in aliases:
                if wanted not in (None, alias):
                    self._milvus.unname(alias)
            needed = wanted in aliases if wanted else bool(aliases)
            if not needed and collection != self._own(new):
                self._milvus.drop(collection)

    def _own(self, build: Places) -> str:
        """Return the name of the collection that is made for a build."""
        return f"{self._prefix}{kind_for(len(build))}_{build.digest(self._origin)}"

    def _ours(self) -> list[str]:
        return [one for one in self._milvus.collections() if one.startswith(PREFIX)]


def _alias(places: Places, origin: Origin) -> str:
    return f"{PREFIX}{places.digest(origin)}"


def _lacking(milvus: Milvus, what: str) -> ClusterError:
    return ClusterError(f"the cluster at {milvus.address.shown} {what}. Run `quotewell build`.")
