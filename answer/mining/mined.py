"""Look up what was mined from the documents of a library; nothing is loaded."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from answer.mining.harm import HarmSection
from answer.mining.letters import may_differ
from answer.mining.tables import mining_version
from answer.mining.writing import MEMORY, MINED, SHORTEST, MinedWriter
from index.errors import IndexMismatchError
from index.segments.beside import Kept
from ingest.document import Document

REMEMBERED = 20_000
"""Lookups that are remembered, of each kind: less than 10 MB."""
MOST_NAMES = 8
"""Other names of one name that are used, those that most documents give: a short form stands for
hundreds of things in a large library. Chosen by hand."""
MOST_SECTIONS = 500
"""Sections of each segment that are found for one question. Chosen by hand."""
AMONG = "IN (SELECT value FROM json_each(?))"


class MinedFile:
    """What was mined from the documents of one segment. Threads can share it.

    Args:
        connection: to a file of ``MinedWriter``.
        live: the doc_ids of the documents that are in use.

    """

    def __init__(self, connection: sqlite3.Connection, live: Container[str]) -> None:
        self._connection, self._live, self._lock = connection, live, threading.Lock()
        self.is_live = lru_cache(REMEMBERED)(self._is_live)

    def rows(self, statement: str, *values: object) -> list[Any]:
        """Return all rows of a query."""
        with self._lock:
            return self._connection.execute(f"SELECT {statement}", values).fetchall()

    def fact(self, name: str) -> str | int | None:
        """Return what is noted of all its documents; None if it is not."""
        return next(
            (value for (value,) in self.rows("value FROM facts WHERE name = ?", name)), None
        )

    def said(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that a live document, or several documents, say: without the last column.

        The last two are how many documents say so, and the first of them.
        """
        return (row[:-1] for row in rows if row[-2] > 1 or self.is_live(row[-1]))

    def doc_id(self, number: int) -> str:
        """Return the id of a document."""
        return str(self.rows("doc_id FROM documents WHERE number = ?", number)[0][0])

    def _is_live(self, number: int) -> bool:
        return self.doc_id(number) in self._live


class Mined:
    """What was mined from the documents of a library.

    Args:
        files: one for each segment.

    """

    def __init__(self, files: Collection[MinedFile]) -> None:
        self._files = tuple(files)
        self.longest_name = max((int(file.fact("longest name") or 0) for file in files), default=0)
        """Characters of the longest name that stands for another."""
        self.knows = lru_cache(REMEMBERED)(self._knows)
        self.drugs_beginning = lru_cache(REMEMBERED)(self._drugs_beginning)

    def near(self, word: str, slips: int) -> list[str]:
        """Return the known words that may be ``word`` with at most some slips, and some others.

        In order, from ``SHORTEST`` letters on.
        """
        found: set[str] = set()
        for file in self._files:
            ids: list[int] = []
            lengths = max(len(word) - slips, SHORTEST), len(word) + slips
            of_length = "first, letters FROM lengths WHERE length BETWEEN ? AND ?"
            for first, letters in file.rows(of_length, *lengths):
                places = may_differ(np.frombuffer(letters, dtype=np.uint64), word, slips)
                ids += (places + first).tolist()
            spelt = f"word, documents, document FROM words WHERE id {AMONG}"
            found.update(row[0] for row in file.said(file.rows(spelt, json.dumps(ids))))
        return sorted(found)

    def others(self, names: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """Return the other names of what some names stand for, by name; the rest is left out."""
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        wanted = json.dumps(list(names))
        of_names = f"name, other, documents, document FROM names WHERE name {AMONG}"
        for file in self._files:
            for name, other, documents in file.said(file.rows(of_names, wanted)):
                counts[name][other] += documents
        return {name: frozenset(_most(found) - {name}) for name, found in counts.items()}

    def harm(self, keys: Iterable[str]) -> Iterator[HarmSection]:
        """Yield the sections that are found by some keys (``answer.mining.harm``)."""
        found = f"DISTINCT document, start, passage FROM harm WHERE treatment {AMONG} LIMIT ?"
        wanted = json.dumps(list(keys))
        for file in self._files:
            for number, start, passage in file.rows(found, wanted, MOST_SECTIONS):
                if file.is_live(number):
                    yield HarmSection(file.doc_id(number), start, passage)

    def harm_of(self, doc_id: str) -> Iterator[HarmSection]:
        """Yield the sections of a document that may be on harm."""
        found = (
            "document, start, passage FROM harm JOIN documents ON document = number "
            "WHERE treatment = '' AND doc_id = ?"
        )
        for file in self._files:
            for number, start, passage in file.rows(found, doc_id):
                if file.is_live(number):
                    yield HarmSection(doc_id, start, passage)

    def relations(self) -> Mapping[str, list[tuple[str, str]]]:
        """Return how documents say that they are related to others, and their addresses, by doc_id.

        They are few: notices, and what there are notices about.
        """
        found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for file in self._files:
            rows = file.rows("document, relation, address FROM relations ORDER BY rowid")
            for number, relation, address in rows:
                if file.is_live(number):
                    found[file.doc_id(number)].append((relation, address))
        return found

    def _knows(self, word: str) -> bool:
        spelt = "word, documents, document FROM words WHERE word = ?"
        return any(any(file.said(file.rows(spelt, word))) for file in self._files)

    def _drugs_beginning(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return the folded names that begin with a word, the longest first, each with its drug."""
        drugs: defaultdict[str, Counter[str]] = defaultdict(Counter)
        of_word = "alias, drug, documents, document FROM drugs WHERE word = ?"
        for file in self._files:
            for alias, drug, documents in file.said(file.rows(of_word, word)):
                drugs[alias][drug] += documents
        longest = sorted(drugs.items(), key=lambda each: (-len(each[0]), each[0]))
        return tuple((alias, max(of, key=lambda drug: (of[drug], drug))) for alias, of in longest)


def open_mined(segments: Iterable[Kept]) -> Mined:
    """Open what was mined from the documents of an index.

    Raises:
        IndexMismatchError: if it was not mined by this version.

    """
    files = []
    for one in segments:
        file = _opened(one.folder / MINED, one.live)
        if file is None:
            raise IndexMismatchError(
                "another version of Quotewell has read the documents of the index. "
                "Run `quotewell build`."
            )
        files.append(file)
    return Mined(files)


def is_mined_now(folder: Path) -> bool:
    """Whether a segment has what this version mines from its documents."""
    return _opened(folder / MINED, ()) is not None


def mine(documents: Iterable[Document]) -> Mined:
    """Mine documents here and now, in memory."""
    writer = MinedWriter(MEMORY)
    doc_ids = set()
    for document in documents:
        writer.mine(document)
        doc_ids.add(document.doc_id)
    writer.complete()
    return Mined([MinedFile(writer.connection, doc_ids)])


def _most(counted: Counter[str]) -> set[str]:
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    return set(ranked[:MOST_NAMES])


def _opened(path: Path, live: Container[str]) -> MinedFile | None:
    """Return a file of what was mined; None if it is something else, or of another version."""
    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        file = MinedFile(sqlite3.connect(address, uri=True, check_same_thread=False), live)
        return file if file.fact("version") == mining_version() else None
    except sqlite3.Error:
        return None
