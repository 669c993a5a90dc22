"""A passage as Milvus holds it, in a collection and in the files that it imports.

An id is a key as 16 hexadecimal digits, a document's is a digest of its doc_id, and a token is
spelled in ASCII letters and digits. So nothing that is sent has a special meaning, every analyzer
splits the tokens at the spaces alone, and sending a passage again changes nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from index.engines.engine import IndexedPassage
from index.hits import Rows

ID_DIGITS, DOCUMENT_DIGITS, TOKENS_BYTES = 16, 32, 65_535
"""Lengths of the fields; the last is the most that Milvus allows."""


def record_of(passage: IndexedPassage, *, words: bool = True) -> dict[str, Any]:
    """Return the fields of a passage.

    Args:
        passage: to be sent.
        words: whether its tokens are among them, see ``tokens_of``.

    """
    fields = {
        "id": id_of(passage.key),
        "document": document_of(passage.doc_id),
        "vector": passage.vector,
    }
    return fields | {"tokens": tokens_of(passage.tokens)} if words else fields


def id_of(key: int) -> str:
    """Return the id of a passage; ids sort as keys do."""
    return f"{key:0{ID_DIGITS}x}"


def keys_of(records: Sequence[Mapping[str, Any]]) -> Rows:
    """Return the keys of passages that were found."""
    return np.array([int(record["id"], 16) for record in records], dtype=np.int64)


@lru_cache(maxsize=100_000)
def document_of(doc_id: str) -> str:
    """Return the name of a document."""
    return hashlib.blake2b(doc_id.encode(), digest_size=DOCUMENT_DIGITS // 2).hexdigest()


def inside(documents: Collection[str]) -> str:
    """Return the filter that keeps the passages of some documents."""
    names = ", ".join(f'"{document_of(doc_id)}"' for doc_id in sorted(documents))
    return f"document in [{names}]"


def tokens_of(tokens: Iterable[str]) -> str:
    """Return the text that holds these tokens; those that find no room are left out."""
    text = " ".join(spelled(token) for token in tokens)
    return text if len(text) <= TOKENS_BYTES else text[:TOKENS_BYTES].rpartition(" ")[0]


def spelled(token: str) -> str:
    """Return a token in ASCII letters and digits: another for every token that we make."""
    if token.isascii() and token.isalnum():
        return token
    return "".join(c if c.isascii() and c.isalnum() else f"Z{ord(c):x}Z" for c in token)
