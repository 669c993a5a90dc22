"""Search by words with BM25. The only module that imports tantivy.

The engine never sees text, only our tokens joined by spaces, and queries are built from terms,
never parsed: no character of a question has a special meaning.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import tantivy
from tantivy import DocAddress, Occur, Query

from index.errors import DamagedIndexError
from index.hits import Rows, Scores
from index.parts.keys import StoredKeys, copy_keys
from index.parts.runs import Runs
from index.store import writing

WRITER_BYTES = 128_000_000
"""Memory of the writer: the most that it buffers before it writes a segment. Chosen by hand."""


DAMAGED = "the index of words is damaged. Run `quotewell build`."


class SparseWriter:
    """Writes an index of words, or changes one.

    Args:
        folder: of the index; without one, it is made. Files that are there are not changed, except
            for its lists: others may share them.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with writing(folder):
            folder.mkdir(exist_ok=True)
            self._index = tantivy.Index(_schema(), path=str(folder))
            # One thread: equal scores stay in the order of the rows.
            self._writer = self._index.writer(WRITER_BYTES, num_threads=1)

    def remove(self, doc_id: str) -> None:
        """Leave out everything of a document that was added before."""
        self._writer.delete_documents_by_term("doc_id", doc_id)

    def add(self, doc_id: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
        """Add passages or sentences of a document: the key by which each is known, its tokens."""
        with writing(self._folder):
            for key, tokens in rows:
                entry = tantivy.Document()
                entry.add_integer("key", int(key))
                entry.add_text("doc_id", doc_id)
                entry.add_text("tokens", " ".join(tokens))
                self._writer.add_document(entry)

    def commit(self) -> None:
        """Complete the index; nothing can be added afterwards."""
        with writing(self._folder):
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()
            copy_keys(self._folder, self._keys_at)

    def give_up(self) -> None:
        """Leave the index as it is, without waiting for anything."""
        with contextlib.suppress(ValueError, OSError, RuntimeError):
            self._writer.wait_merging_threads()

    def _keys_at(self, segment: int, places: range) -> Rows:
        """Return the keys at some places of a segment of the engine."""
        addresses = [DocAddress(segment, place) for place in places]
        values = self._index.searcher().fast_field_values("key", addresses)
        return np.array(values, dtype=np.int64)


class SparseIndex:
    """BM25 over the tokens of every passage, on disk (tantivy fixes ``k1 = 1.2``, ``b = 0.75``).

    Args:
        index: of the engine.
        stored: the keys in it.
        keys: which rows they stand for.

    Raises:
        ValueError: if it holds more or fewer.

    """

    def __init__(self, index: tantivy.Index, stored: StoredKeys, keys: Runs) -> None:
        index.config_reader("manual")  # the files never change: there is nothing to watch
        self._schema = index.schema
        self._searcher = index.searcher()
        self._stored, self._keys = stored, keys
        if len(self) != len(keys):
            raise ValueError("it has other rows")

    def __len__(self) -> int:
        return self._searcher.num_docs

    def check(self) -> None:
        """Read all keys and compare them with those that it has to hold.

        Raises:
            DamagedIndexError: if it holds others.

        """
        with _damage_told("the index of words is damaged. Run `quotewell build`."):
            _, found = self._found(Query.all_query(), max(1, len(self)))
            keys, _ = self._keys.numbers(np.arange(len(self._keys)))
            if not np.array_equal(np.sort(found), np.sort(keys)):
                raise ValueError("it has other rows")

    def frequency(self, token: str) -> int:
        """Return how many passages have a token; those that were removed of late count too."""
        with _damage_told("the index of words is damaged. Run `quotewell build`."):
            return int(self._searcher.doc_freq("tokens", token))

    @classmethod
    def build(cls, passages: Iterable[tuple[str, Sequence[str]]], folder: Path) -> SparseIndex:
        """Index pairs of doc_id and tokens, one per passage in row order, into a new folder."""
        writer, key = SparseWriter(folder), -1
        for key, (doc_id, tokens) in enumerate(passages):
            writer.add(doc_id, [(key, tokens)])
        writer.commit()
        return cls.load(folder, Runs.of(np.arange(key + 1)))

    @classmethod
    def load(cls, folder: Path, keys: Runs) -> SparseIndex:
        """Open what ``SparseWriter`` wrote.

        Args:
            folder: of the index.
            keys: which rows its keys stand for. How many there are is compared at once, each of
                them when it is found.

        Raises:
            DamagedIndexError: if this tantivy cannot read an index in the folder, or it holds
                more or fewer rows.

        """
        with _damage_told(f"tantivy cannot read {folder}. Run `quotewell build`."):
            if os.access(folder, os.W_OK):
                return cls(tantivy.Index.open(str(folder)), StoredKeys(folder), keys)
            # tantivy creates a lock file even to read. Once opened, the copy can be deleted.
            with tempfile.TemporaryDirectory() as copy:
                for path in folder.iterdir():
                    shutil.copyfile(path, Path(copy, path.name))
                return cls(tantivy.Index.open(copy), StoredKeys(folder), keys)

    def search(
        self, tokens: Iterable[str], k: int, documents: Collection[str] | None = None
    ) -> tuple[Scores, Rows]:
        """Find the ``k`` passages that share the rarest tokens with the query.

        Args:
            tokens: of the query; repeats count once.
            k: passages to return at most, at least 1.
            documents: search only the passages of these doc_ids; all if None. Scores are the
                same as in a search of all.

        Returns:
            ``(scores, rows)``, one-dimensional, best first, ties in row order. Passages that
            share no token with the query are left out, so there may be none.

        Raises:
            DamagedIndexError: if tantivy finds the index damaged only now, or a passage that is
                found stands for no row.

        """
        distinct = sorted(set(tokens))
        if not distinct or len(self) == 0:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        with _damage_told(DAMAGED):
            scores, keys = self._found(self._query(distinct, documents), k)
            rows = self._keys.rows(keys)
        order = np.lexsort((rows, -scores))
        return scores[order], rows[order]

    def _found(self, query: Query, k: int) -> tuple[Scores, Rows]:
        """Return scores and keys."""
        found = self._searcher.search(query, k, count=False).hits
        keys = self._stored.of((address.segment_ord, address.doc) for _, address in found)
        return np.array([score for score, _ in found], dtype=np.float32), keys

    def _query(self, tokens: list[str], documents: Collection[str] | None) -> Query:
        any_token = Query.boolean_query(
            [(Occur.Should, Query.term_query(self._schema, "tokens", t, "freq")) for t in tokens]
        )
        if documents is None:
            return any_token
        inside = Query.term_set_query(self._schema, "doc_id", sorted(documents))
        return Query.boolean_query(
            [(Occur.Must, any_token), (Occur.Must, Query.const_score_query(inside, 0.0))]
        )


@contextmanager
def _damage_told(message: str) -> Iterator[None]:
    """Turn what tantivy raises for a damaged index into a ``DamagedIndexError``."""
    try:
        yield
    except (ValueError, OSError, TypeError, LookupError) as error:
        raise DamagedIndexError(message) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: not an Exception
            raise
        raise DamagedIndexError(message) from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("key", fast=True)  # to be copied; unsigned, it panics the writer
    builder.add_text_field("doc_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
