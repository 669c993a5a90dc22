"""Write the files of an index and load them for searching: this stage from end to end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import numpy as np

from index.dense import DenseIndex
from index.embedding import are_unit
from index.encoder import Encoder, Vectors
from index.errors import EmptyCorpusError, IndexMismatchError
from index.manifest import Counts, Origin, damaged, verify
from index.retriever import Retriever, StoredIndex, sentences_of
from index.sparse import SparseIndex
from index.store import writing
from index.texts import index_text, sentence_text
from index.tokens import tokenize
from ingest.boxes import StoredBoxes, write_boxes
from ingest.document import Document, Passage
from ingest.store import read_documents, read_passages, write_documents, write_passages

DOCUMENTS, PASSAGES, BOXES = "documents.jsonl", "passages.jsonl", "boxes.bin"
DENSE, SPARSE = "dense.faiss", "sparse"
SENTENCE_VECTORS, SPARSE_SENTENCES = "sentence_vectors.npy", "sparse_sentences"
PARTS = frozenset({DOCUMENTS, PASSAGES, BOXES, DENSE, SPARSE, SENTENCE_VECTORS, SPARSE_SENTENCES})


def write_index(
    build: Path,
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    vectors: Vectors,
) -> Counts:
    """Write what is searched into the folder of a build (``index.store.new_build``).

    Args:
        build: new and empty.
        documents: that the passages are from, by doc_id.
        passages: in row order.
        vectors: of ``texts_to_embed``, in that order.

    Returns:
        How much was indexed, for ``index.store.publish``.

    Raises:
        EmptyCorpusError: if there are no passages.
        IndexMismatchError: if the passages are not slices of the documents.
        UnwritableIndexError: if a file cannot be written.

    """
    if not passages:
        raise EmptyCorpusError("there are no passages to index. Add files to the corpus first.")
    _write_corpus(build, documents, passages)
    of_passages = ((p.doc_id, tokenize(index_text(p))) for p in passages)
    of_sentences = (
        (s.doc_id, tokenize(sentence_text(documents[s.doc_id], s))) for s in sentences_of(passages)
    )
    with writing(build / SPARSE):
        SparseIndex.build(of_passages, build / SPARSE)
    with writing(build / SPARSE_SENTENCES):
        SparseIndex.build(of_sentences, build / SPARSE_SENTENCES)
    with writing(build / DENSE):
        DenseIndex(vectors[: len(passages)]).save(build / DENSE)
    with writing(build / SENTENCE_VECTORS):
        np.save(build / SENTENCE_VECTORS, vectors[len(passages) :], allow_pickle=False)
    return Counts(len(documents), len(passages), len(vectors) - len(passages))


def texts_to_embed(
    documents: Mapping[str, Document], passages: Sequence[Passage]
) -> tuple[str, ...]:
    """Return the text that represents each passage, then one for each of their sentences."""
    of_passages = (index_text(passage) for passage in passages)
    sentences = sentences_of(passages)
    of_sentences = (sentence_text(documents[s.doc_id], s) for s in sentences)
    return (*of_passages, *of_sentences)


def _write_corpus(
    build: Path, documents: Mapping[str, Document], passages: Sequence[Passage]
) -> None:
    """Write documents and passages; refuse them if they do not read back unchanged."""
    with writing(build / DOCUMENTS):
        write_documents(build / DOCUMENTS, documents.values())
    with writing(build / BOXES):
        write_boxes(build / BOXES, {d.doc_id: d.boxes for d in documents.values() if d.boxes})
    with writing(build / PASSAGES):
        write_passages(build / PASSAGES, passages)
    stored = read_documents(build / DOCUMENTS)
    if stored != documents or read_passages(build / PASSAGES, stored) != tuple(passages):
        raise IndexMismatchError(
            "the passages to index are not those of the documents given. "
            "Ingest both again, then run `quotewell build`."
        )


def load_build(
    build: Path, *, encoder: Encoder, corpus_hash: str, beside: AbstractSet[str] = frozenset()
) -> Retriever:
    """Load one build of an index after verifying all its files.

    Args:
        build: its folder, as passed by ``index.store.open_current``.
        encoder: the one that it was built with.
        corpus_hash: of the corpus that it was built from.
        beside: the names of files that later stages have put there.

    Raises:
        DamagedIndexError: if a file is missing, truncated, altered, or does not belong there.
        IndexMismatchError: if it is of another version, encoder or corpus.

    """
    manifest = verify(build, origin_of(encoder, corpus_hash))
    if strange := sorted(manifest.parts - beside ^ PARTS):
        raise damaged(build / strange[0], "is missing or does not belong there")
    try:
        documents = read_documents(build / DOCUMENTS)
        passages = read_passages(build / PASSAGES, documents)
        boxes = StoredBoxes(build / BOXES)
        sentence_vectors: Vectors = np.load(build / SENTENCE_VECTORS, allow_pickle=False)
    except Exception as error:  # whatever numpy raises for what is not a file of its own
        raise damaged(build, f"cannot be read ({error})") from error
    if not are_unit(sentence_vectors):
        raise damaged(build / SENTENCE_VECTORS, "holds no unit vectors")
    stored = StoredIndex(
        documents=documents,
        passages=passages,
        dense=DenseIndex.load(build / DENSE),
        sparse=SparseIndex.load(build / SPARSE),
        sentence_vectors=sentence_vectors,
        sparse_sentences=SparseIndex.load(build / SPARSE_SENTENCES),
        boxes=boxes,
    )
    if not stored.fits(manifest.counts, encoder.dimension):
        raise damaged(build, "holds files of different lengths")
    return Retriever(encoder, stored)


def origin_of(encoder: Encoder, corpus_hash: str) -> Origin:
    """Return what an index is built from, to be stored in it or compared with it."""
    return Origin(encoder.name, encoder.sha256, encoder.dimension, corpus_hash)
