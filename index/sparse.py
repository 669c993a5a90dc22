"""Search by words with BM25. The only module that imports tantivy.

The engine never sees text, only our tokens joined by spaces, and queries are built from terms,
never parsed: no character of a question has a special meaning.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Occur, Query

from index.errors import DamagedIndexError
from index.hits import Rows, Scores

WRITER_BYTES = 128_000_000
"""Memory of the writer: the most that it buffers before it writes a segment. Chosen by hand."""


class SparseIndex:
    """BM25 over the tokens of every passage, on disk (tantivy fixes ``k1 = 1.2``, ``b = 0.75``)."""

    def __init__(self, index: tantivy.Index) -> None:
        index.config_reader("manual")  # the files never change: there is nothing to watch
        self._schema = index.schema
        self._searcher = index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    @classmethod
    def build(cls, passages: Iterable[tuple[str, Sequence[str]]], folder: Path) -> SparseIndex:
        """Index pairs of doc_id and tokens, one per passage in row order, into a new folder."""
        folder.mkdir(exist_ok=True)
        index = tantivy.Index(_schema(), path=str(folder))
        writer = index.writer(WRITER_BYTES, num_threads=1)  # one thread: rows stay in order
        for row, (doc_id, tokens) in enumerate(passages):
            entry = tantivy.Document()
            entry.add_integer("row", row)
            entry.add_text("doc_id", doc_id)
            entry.add_text("tokens", " ".join(tokens))
            writer.add_document(entry)
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return cls(index)

    @classmethod
    def load(cls, folder: Path) -> SparseIndex:
        """Open what ``build`` wrote.

        Raises:
            DamagedIndexError: if this tantivy cannot read an index in the folder, or its rows are
                not numbered from 0.

        """
        with _damage_told(f"tantivy cannot read {folder}. Run `quotewell build`."):
            if os.access(folder, os.W_OK):
                return cls(tantivy.Index.open(str(folder)))._checked()
            # tantivy creates a lock file even to read. Once opened, the copy can be deleted.
            with tempfile.TemporaryDirectory() as copy:
                for path in folder.iterdir():
                    shutil.copyfile(path, Path(copy, path.name))
                return cls(tantivy.Index.open(copy))._checked()

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
            DamagedIndexError: if tantivy finds the index damaged only now.

        """
        distinct = sorted(set(tokens))
        if not distinct or len(self) == 0:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        with _damage_told("the index of words is damaged. Run `quotewell build`."):
            scores, rows = self._found(self._query(distinct, documents), k)
        order = np.lexsort((rows, -scores))
        return scores[order], rows[order]

    def _found(self, query: Query, k: int) -> tuple[Scores, Rows]:
        found = self._searcher.search(query, k, count=False).hits
        addresses = [address for _, address in found]
        rows = np.array(self._searcher.fast_field_values("row", addresses), dtype=np.int64)
        return np.array([score for score, _ in found], dtype=np.float32), rows

    def _checked(self) -> SparseIndex:
        if len(self) > 0:
            _, rows = self._found(Query.all_query(), len(self))
            if sorted(rows.tolist()) != list(range(len(self))):
                raise ValueError("its rows are not numbered from 0")
        return self

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
    except (ValueError, OSError, TypeError) as error:
        raise DamagedIndexError(message) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust: not an Exception
            raise
        raise DamagedIndexError(message) from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", fast=True)  # an unsigned fast field panics the writer
    builder.add_text_field("doc_id", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("tokens", tokenizer_name="whitespace", index_option="freq")
    return builder.build()
