"""The tables of a file of what was mined: one file beside each segment of an index, in SQLite.

``document`` is the only document of the segment that says so, ``documents`` how many do: what just
one document says is forgotten with it, also before the segment is written anew. What several say
is remembered until then.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

TABLES = """
CREATE TABLE facts(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE documents(number INTEGER PRIMARY KEY, doc_id TEXT UNIQUE);
CREATE TABLE gathered(word TEXT PRIMARY KEY, documents INTEGER, document INTEGER) WITHOUT ROWID;
CREATE TABLE names(name TEXT, other TEXT, documents INTEGER, document INTEGER,
    PRIMARY KEY (name, other)) WITHOUT ROWID;
CREATE TABLE drugs(word TEXT, alias TEXT, drug TEXT, documents INTEGER, document INTEGER,
    PRIMARY KEY (word, alias, drug)) WITHOUT ROWID;
CREATE TABLE harm(treatment TEXT, document INTEGER, start INTEGER, passage INTEGER,
    PRIMARY KEY (treatment, document, start)) WITHOUT ROWID;
CREATE TABLE relations(document INTEGER, relation TEXT, address TEXT);
"""
SPELT = """
CREATE TABLE words(id INTEGER PRIMARY KEY, word TEXT, documents INTEGER, document INTEGER);
INSERT INTO words(word, documents, document)
    SELECT word, documents, document FROM gathered ORDER BY length(word), word;
CREATE UNIQUE INDEX by_word ON words(word);
CREATE INDEX of_document ON harm(document) WHERE treatment = '';
CREATE TABLE lengths(length INTEGER PRIMARY KEY, first INTEGER, letters BLOB);
DROP TABLE gathered;
"""
"""Words that are equally long stand together, in order, so that each has its place in ``letters``
(``answer.mining.letters``) by its id."""
SEEN_AGAIN = "DO UPDATE SET documents = documents + 1"

_STAGE = Path(__file__).parents[1]
_DECIDE = (
    *("mining/*.py", "notices/phrases.py", "notices/spelling.py", "notices/words/spelling.toml"),
    *("safety/says.py", "safety/tables.py", "safety/treatments.py", "safety/words/*.toml"),
)


@cache
def mining_version() -> str:
    """Return a digest of everything that decides what is mined from a document."""
    digest = hashlib.sha256()
    for path in sorted(path for glob in _DECIDE for path in _STAGE.glob(glob)):
        digest.update(f"{path.relative_to(_STAGE).as_posix()}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
