"""Mine documents, one after another, into the file beside their segment."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, permutations
from pathlib import Path

from answer.mining.harm import harm_in
from answer.mining.letters import letters_of
from answer.mining.naming import names_in
from answer.mining.tables import SEEN_AGAIN, SPELT, TABLES, mining_version
from answer.safety.treatments import aliases_in
from index.segments.segment import Shelved
from ingest.document import Document, Passage

ANY_WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 5
"""Letters of a word that others are corrected to: shorter ones are too similar to guess."""
MINED, MEMORY = "mined.sqlite", ":memory:"


class Mining:
    """What is kept beside each segment of an index (``index.segments.beside``)."""

    name = MINED

    def writer(self, folder: Path) -> MinedWriter:
        """Begin the file in the folder of a segment."""
        return MinedWriter(folder / MINED)


class MinedWriter:
    """Writes what is mined from the documents of one segment.

    Args:
        path: of the file, which does not exist yet.

    Raises:
        OSError: from every call, if it cannot be written.

    """

    def __init__(self, path: Path | str) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._count = self._longest = 0
        with _told():
            # What is half written when the power fails is never read: a build is published whole.
            self.connection.executescript(
                f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {TABLES}"
            )

    def add(self, shelved: Shelved) -> None:
        """Mine a document."""
        self.mine(shelved.document, shelved.passages)

    def mine(self, document: Document, passages: Sequence[Passage] = ()) -> None:
        """Mine a document; without its passages, every section is in the first."""
        number = self._count
        self._count += 1
        groups = list(names_in(document))
        # In order, so that the same documents give the same file.
        words = sorted(frozenset(ANY_WORD.findall(document.text.lower())))
        names = sorted({pair for group in groups for pair in _pairs(group)})
        drugs = sorted({one for group in groups for one in aliases_in(group)})
        self._longest = max(self._longest, *(len(name) for name, _ in names), 0)
        harm = [
            (key, number, one.start, one.passage)
            for one, keys in harm_in(document, passages)
            for key in sorted(keys)
        ]
        relations = [(number, *relation) for relation in document.related]
        with _told():
            self._insert("documents(number, doc_id) VALUES (?, ?)", [(number, document.doc_id)])
            self._insert(
                f"gathered VALUES (?, 1, {number}) ON CONFLICT (word) {SEEN_AGAIN}",
                ((word,) for word in words),
            )
            self._insert(
                f"names VALUES (?, ?, 1, {number}) ON CONFLICT (name, other) {SEEN_AGAIN}", names
            )
            self._insert(
                f"drugs VALUES (?, ?, ?, 1, {number}) ON CONFLICT (word, alias, drug) {SEEN_AGAIN}",
                drugs,
            )
            self._insert("harm VALUES (?, ?, ?, ?)", harm)
            self._insert("relations VALUES (?, ?, ?)", relations)

    def complete(self) -> None:
        """Order the words, so that near ones are found; nothing is mined afterwards."""
        facts = {"version": mining_version(), "longest name": self._longest}
        with _told():
            self._insert("facts VALUES (?, ?)", facts.items())
            for statement in SPELT.split(";"):
                self.connection.execute(statement)
            words = self.connection.execute(
                "SELECT id, word FROM words WHERE length(word) >= ? ORDER BY id", (SHORTEST,)
            )
            for length, rows in groupby(words, key=lambda row: len(row[1])):
                ids, spelt = zip(*rows, strict=True)
                self._insert(
                    "lengths VALUES (?, ?, ?)", [(length, ids[0], letters_of(spelt).tobytes())]
                )
            self.connection.execute("COMMIT")

    def close(self) -> None:
        """Complete the file, as small as it can be."""
        self.complete()
        with _told():
            self.connection.execute("VACUUM")
            self.connection.close()

    def _insert(self, into: str, rows: Iterable[Sequence[object]]) -> None:
        self.connection.executemany(f"INSERT INTO {into}", rows)


def _pairs(group: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each name of a group with each other one; the only name with itself."""
    names = [name for name in group if _is_text(name)]
    yield from permutations(names, 2) if len(names) > 1 else zip(names, names, strict=True)


def _is_text(name: str) -> bool:
    """Whether a name can be stored: half a surrogate pair cannot."""
    return bool(name) and name.encode("utf-8", "ignore").decode() == name


@contextmanager
def _told() -> Iterator[None]:
    """Turn what SQLite raises when it cannot write into what a file raises."""
    try:
        yield
    except sqlite3.Error as error:
        raise OSError(str(error)) from error
