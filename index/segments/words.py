"""Write the words of documents into the two indexes of words."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from index.segments.carrying import SPARSE, SPARSE_SENTENCES
from index.segments.segment import Shelved
from index.sparse import SparseWriter
from index.texts import index_text, sentence_text
from index.tokens import tokenize


class Words:
    """Writes the two indexes of words: of passages, and of sentences.

    Args:
        build: the folder of the build.
        gone: ids of documents to remove from the indexes that are there.

    """

    def __init__(self, build: Path, gone: Iterable[str]) -> None:
        self._passages = SparseWriter(build / SPARSE)
        self._sentences = SparseWriter(build / SPARSE_SENTENCES)
        for doc_id in gone:
            self._passages.remove(doc_id)
            self._sentences.remove(doc_id)

    def add(self, shelved: Shelved) -> None:
        """Add the passages of a document, and their sentences."""
        document, entry = shelved.document, shelved.entry
        passages = [tokenize(index_text(passage)) for passage in shelved.passages]
        sentences = [
            tokenize(sentence_text(document, sentence))
            for passage in shelved.passages
            for sentence in passage.sentences
        ]
        self._passages.add(entry.doc_id, zip(entry.keys(entry.passages), passages, strict=True))
        self._sentences.add(entry.doc_id, zip(entry.keys(entry.sentences), sentences, strict=True))

    def __enter__(self) -> Words:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for writer in (self._passages, self._sentences):
            if kind is None:
                writer.commit()
            else:
                writer.give_up()
