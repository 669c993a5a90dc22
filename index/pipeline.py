"""Passages to an index in a folder, and an index to hits: this stage from end to end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.dense import DenseIndex
from index.embedding import Progress, embed
from index.encoder import Encoder, Vectors
from index.errors import EmptyCorpusError, IndexMismatchError
from index.retriever import Retriever, sentences_of
from index.sparse import SparseIndex
from index.store import Counts, Origin, damaged, new_build, open_current, publish, verify
from index.texts import index_text, sentence_text
from index.tokens import tokenize
from ingest.document import Document, Passage
from ingest.errors import IngestError
from ingest.store import read_documents, read_passages, write_documents, write_passages

DOCUMENTS, PASSAGES = "documents.jsonl", "passages.jsonl"
DENSE, SPARSE = "dense.faiss", "sparse"
SENTENCE_VECTORS, QUESTION_VECTORS = "sentence_vectors.npy", "question_vectors.npy"
LEARNT = "learnt.npz"

Learn = Callable[[Vectors], Mapping[str, NDArray[np.float32]]]


def build_index(
    documents: Iterable[Document],
    passages: Sequence[Passage],
    encoder: Encoder,
    folder: Path,
    corpus_hash: str,
    questions: Sequence[str] = (),
    learn: Learn | None = None,
    progress: Progress | None = None,
) -> None:
    """Index ``passages`` and put the result in place of the index that ``folder`` holds.

    Whatever fails or interrupts it, the index that was there stays usable until the last step.

    Args:
        documents: those of all passages.
        passages: in row order.
        encoder: loading needs the same one.
        folder: new, empty, or an index made here.
        corpus_hash: names what the documents were read from; loading needs the same one.
        questions: known ones, whose vectors are kept in this order.
        learn: given the questions' vectors, shape ``(n_questions, d)``, returns arrays by name to
            be kept in the index.
        progress: told how far the encoding is, which takes nearly all the time.

    Raises:
        EmptyCorpusError: if there are no passages.
        ForeignFolderError: if ``folder`` holds something else.
        BusyIndexError: if another build is writing to ``folder``.
        EncoderError: if the encoder returns what are no unit vectors.
        IndexMismatchError: if the passages are not slices of the documents.

    """
    if not passages:
        raise EmptyCorpusError("there are no passages to index. Add files to the corpus first.")
    by_id = {document.doc_id: document for document in documents}
    with new_build(folder) as build:
        _write_corpus(build, by_id, passages)
        SparseIndex.build(((p.doc_id, tokenize(index_text(p))) for p in passages), build / SPARSE)
        sentences = sentences_of(passages)
        texts = [index_text(passage) for passage in passages]
        texts += [sentence_text(by_id[s.doc_id], s) for s in sentences]
        vectors = embed(encoder, [*texts, *questions], progress)
        DenseIndex(vectors[: len(passages)]).save(build / DENSE)
        np.save(build / SENTENCE_VECTORS, vectors[len(passages) : len(texts)], allow_pickle=False)
        np.save(build / QUESTION_VECTORS, vectors[len(texts) :], allow_pickle=False)
        learnt: dict[str, Any] = {**learn(vectors[len(texts) :])} if learn else {}
        np.savez(build / LEARNT, **learnt)
        counts = Counts(len(by_id), len(passages), len(sentences))
        publish(folder, build, _origin(encoder, corpus_hash), counts)


def _write_corpus(
    build: Path, documents: Mapping[str, Document], passages: Sequence[Passage]
) -> None:
    """Write documents and passages, and refuse those that do not come back as they are."""
    write_documents(build / DOCUMENTS, documents.values())
    write_passages(build / PASSAGES, passages)
    stored = read_documents(build / DOCUMENTS)
    if stored != documents or read_passages(build / PASSAGES, stored) != tuple(passages):
        raise IndexMismatchError(
            "the passages to index are not those of the documents given. "
            "Ingest both anew, then run `quotewell build`."
        )


def load_retriever(folder: Path, encoder: Encoder, corpus_hash: str) -> Retriever:
    """Load the index in ``folder`` after verifying every file of it.

    Raises:
        NoIndexError: if nothing was built there yet.
        DamagedIndexError: if a file is missing, truncated or altered.
        IndexMismatchError: if it is of another version, encoder or corpus.

    """
    return open_current(folder, partial(_load, encoder=encoder, corpus_hash=corpus_hash))


def _load(build: Path, *, encoder: Encoder, corpus_hash: str) -> Retriever:
    manifest = verify(build, _origin(encoder, corpus_hash))
    try:
        documents = read_documents(build / DOCUMENTS)
        passages = read_passages(build / PASSAGES, documents)
        sentence_vectors: Vectors = np.load(build / SENTENCE_VECTORS, allow_pickle=False)
        question_vectors: Vectors = np.load(build / QUESTION_VECTORS, allow_pickle=False)
        with np.load(build / LEARNT, allow_pickle=False) as stored:
            learnt = dict(stored)
    except (IngestError, OSError, ValueError, EOFError, BadZipFile) as error:
        raise damaged(build, f"cannot be read ({error})") from error
    indexes = DenseIndex.load(build / DENSE), SparseIndex.load(build / SPARSE)
    vectors = sentence_vectors, question_vectors
    retriever = Retriever(encoder, documents, passages, indexes, vectors, learnt)
    counts = Counts(len(documents), len(passages), len(retriever.sentences))
    shapes = [len(indexes[0]), len(indexes[1]), *sentence_vectors.shape]
    shapes += question_vectors.shape[1:]
    expected = [counts.passages, counts.passages, counts.sentences]
    expected += [encoder.dimension] * 2
    if manifest.counts != counts or shapes != expected:
        raise damaged(build, "holds files of different lengths")
    return retriever


def _origin(encoder: Encoder, corpus_hash: str) -> Origin:
    return Origin(encoder.name, encoder.sha256, encoder.dimension, corpus_hash)
