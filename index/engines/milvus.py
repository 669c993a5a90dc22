"""What is asked of Milvus. The only module that imports pymilvus."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

import numpy as np

from index.encoder import Vectors
from index.engines.address import VARIABLE, Address
from index.engines.engine import IndexedPassage
from index.engines.records import id_of, inside, keys_of, record_of, spelled
from index.engines.schema import LISTS, PROBED, collection_of
from index.errors import ClusterError
from index.hits import Rows

MOST_HITS = 16_384
"""The most that Milvus returns for a search."""
BATCH, KEYS = 500, 5_000
"""Passages sent at once, 2 MB of the 64 that it takes; keys asked for or deleted at once."""
SEARCH_SECONDS, CHANGE_SECONDS = 10.0, 120.0
"""After which a search, or anything else, is given up. Chosen by hand."""


class Milvus:
    """A connection to one database of a Milvus server. Safe to share between threads.

    Every method raises a ``ClusterError`` if the server cannot be reached in time or refuses.

    Args:
        address: of the server. Tests also give it a file, which milvus-lite opens.

    """

    def __init__(self, address: Address) -> None:
        self.address = address
        try:
            import pymilvus
        except ImportError as error:
            raise ClusterError(
                f"{VARIABLE} is set, but pymilvus is not installed: "
                "install quotewell[milvus] or unset it"
            ) from error
        # It logs every failure with what was asked, and we raise it.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL + 1)
        self._library = pymilvus
        database = "" if address.database == "default" else address.database
        with self._told("cannot be reached"):
            self._client = pymilvus.MilvusClient(
                uri=address.uri, token=address.token, db_name=database, timeout=SEARCH_SECONDS
            )

    def collections(self) -> list[str]:
        """Return the names of the collections of the database."""
        with self._told("does not list its collections"):
            return sorted(self._client.list_collections(timeout=SEARCH_SECONDS))

    def create(self, name: str, dimension: int, kind: str, *, words: bool = True) -> None:
        """Make an empty collection.

        Args:
            name: of no other.
            dimension: of its vectors.
            kind: ``EXACT`` or ``APPROXIMATE``.
            words: whether it can be searched by words; servers before 2.5 cannot.

        """
        fields, indexes = collection_of(self._library, dimension, kind, words=words)
        try:
            with self._told(f"does not make the collection {name}"):
                self._client.create_collection(
                    name,
                    schema=fields,
                    index_params=indexes,
                    consistency_level="Bounded",
                    timeout=CHANGE_SECONDS,
                )
        except ClusterError:
            self.drop(name)  # a part of it may be there
            raise

    def drop(self, name: str) -> None:
        """Remove a collection without aliases; nothing happens if there is none."""
        with self._told(f"does not remove the collection {name}"):
            self._client.drop_collection(name, timeout=CHANGE_SECONDS)

    def load(self, name: str) -> None:
        """Make a collection ready for searches, as after a restart of its server."""
        with self._told(f"does not load the collection {name}"):
            self._client.load_collection(name, timeout=CHANGE_SECONDS)

    def reload(self, name: str) -> None:
        """Let searches see what was imported into a collection that nobody searches yet."""
        with self._told(f"does not load the collection {name}"):
            self._client.release_collection(name, timeout=CHANGE_SECONDS)
            self._client.load_collection(name, timeout=CHANGE_SECONDS)

    def upsert(self, name: str, passages: Iterable[IndexedPassage], *, words: bool = True) -> None:
        """Put passages into a collection, in the place of those with the same keys."""
        rest = iter(passages)
        while batch := [record_of(one, words=words) for one in islice(rest, BATCH)]:
            with self._told(f"does not take passages into {name}"):
                self._client.upsert(name, batch, timeout=CHANGE_SECONDS)

    def delete(self, name: str, keys: Rows) -> None:
        """Take passages out of a collection; unknown keys are nothing to it."""
        for start in range(0, len(keys), KEYS):
            ids = [id_of(key) for key in keys[start : start + KEYS].tolist()]
            with self._told(f"does not take passages out of {name}"):
                self._client.delete(name, ids=ids, timeout=CHANGE_SECONDS)

    def count(self, name: str) -> int:
        """Return how many passages a collection has, everything that was sent included."""
        with self._told(f"does not count {name}"):
            (found,) = self._client.query(
                name,
                filter="",
                output_fields=["count(*)"],
                consistency_level="Strong",
                timeout=CHANGE_SECONDS,
            )
            return int(found["count(*)"])

    def keys(self, name: str) -> Iterator[Rows]:
        """Yield the keys of all passages of a collection, some thousand at a time."""
        with self._told(f"does not list the passages of {name}"):
            pages = self._client.query_iterator(
                name,
                batch_size=KEYS,
                filter="",
                output_fields=["id"],
                consistency_level="Strong",
                timeout=CHANGE_SECONDS,
            )
            while page := pages.next():
                yield keys_of(page)
            pages.close()

    def dense(self, name: str, vector: Vectors, k: int, documents: Collection[str] | None) -> Rows:
        """Return the keys that ``Engine.dense`` asks for."""
        probed = PROBED if documents is None else LISTS  # a document's passages are in few lists
        return self._searched(name, "vector", vector, ("IP", {"nprobe": probed}), k, documents)

    def words(
        self, name: str, tokens: Iterable[str], k: int, documents: Collection[str] | None
    ) -> Rows:
        """Return the keys that ``Engine.words`` asks for."""
        text = " ".join(sorted({spelled(token) for token in tokens}))
        if not text:
            return np.zeros(0, dtype=np.int64)
        return self._searched(name, "words", text, ("BM25", {}), k, documents)

    def _searched(
        self,
        name: str,
        field: str,
        query: Vectors | str,
        how: tuple[str, dict[str, int]],
        k: int,
        documents: Collection[str] | None,
    ) -> Rows:
        if documents is not None and not documents:
            return np.zeros(0, dtype=np.int64)
        with self._told(f"does not search {name}", says_why=False):
            (found,) = self._client.search(
                name,
                data=[query],
                anns_field=field,
                limit=min(k, MOST_HITS),
                filter="" if documents is None else inside(documents),
                search_params={"metric_type": how[0], "params": how[1]},
                consistency_level="Bounded",  # Strong waits for 200 ms (docs/scale.md)
                timeout=SEARCH_SECONDS,
            )
            return keys_of(found)

    def aliases(self, name: str) -> list[str]:
        """Return the other names of a collection."""
        with self._told(f"does not describe {name}"):
            # milvus-lite tells them only when asked for them, servers of 2.3 only in a description.
            described = self._client.describe_collection(name, timeout=SEARCH_SECONDS)["aliases"]
            listed = described or self._client.list_aliases(name, timeout=SEARCH_SECONDS)["aliases"]
            return sorted(listed)

    def named(self, alias: str) -> str | None:
        """Return the collection that an alias stands for, or None if there is no such alias."""
        with self._told(f"does not describe {alias}"):
            if not self._client.has_collection(alias, timeout=SEARCH_SECONDS):
                return None
            found = self._client.describe_collection(alias, timeout=SEARCH_SECONDS)
            return str(found["collection_name"])

    def name(self, alias: str, name: str) -> None:
        """Let an alias that nothing has stand for a collection."""
        with self._told(f"does not name {name}"):
            self._client.create_alias(name, alias, timeout=CHANGE_SECONDS)

    def unname(self, alias: str) -> None:
        """Remove an alias."""
        with self._told(f"does not remove the alias {alias}"):
            self._client.drop_alias(alias, timeout=CHANGE_SECONDS)

    def close(self) -> None:
        """Close the connection; ``with`` does."""
        self._client.close()

    def __enter__(self) -> Milvus:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @contextmanager
    def _told(self, what: str, *, says_why: bool = True) -> Iterator[None]:
        """Turn whatever is raised into one error; without why if that could hold a question."""
        try:
            yield
        except ClusterError:
            raise
        except Exception as error:  # of pymilvus, of gRPC, or of either's reading of an answer
            if not says_why:
                raise self._failed(what, type(error).__name__) from None
            raise self._failed(what, " ".join(str(error).split())[:200]) from error

    def _failed(self, what: str, why: str) -> ClusterError:
        return ClusterError(
            f"the cluster at {self.address.shown} {what} ({why}). "
            f"See that it runs and that {VARIABLE} names it, then try again."
        )
