"""Learn from a corpus's question bank when an index is built, and load both together.

For a corpus without a bank, nothing is written or loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

import numpy as np

from bank.errors import BankError
from bank.intents import restore
from bank.known import Bank, EmptyBank, learn
from bank.questions import BANK, KnownQuestion, read_bank
from corpus.sources import Corpus, Skipped
from index.embedding import are_unit
from index.encoder import Encoder, Vectors
from index.engines.address import Address
from index.errors import IndexMismatchError, PassageIndexError
from index.manifest import wrong
from index.pipeline import load_build, reading_versions
from index.query import query_text, visible
from index.retriever import Retriever
from index.segments.segment import DIGEST_BYTES
from index.segments.vectors import KnownVectors, split
from index.store import open_current, writing
from ingest.document import Document, Sentence
from ingest.drafting.reading import reading_version
from ingest.library import files_of, read_files
from ingest.units import units_of

FILE = "bank.npz"
"""The file in a build's folder with the questions' vectors and the classifier."""
VECTORS, DIGESTS = "vectors", "digests"
"""The questions' vectors in it, and the digests of the texts that they are of."""


def write_bank(
    build: Path,
    questions: Sequence[KnownQuestion],
    sentences: Sequence[Sentence],
    embedded: tuple[Vectors, bytes],
) -> None:
    """Learn from the known questions and store what was learnt in the folder of a build.

    Args:
        build: where the index is being written.
        questions: the known ones, in the order of the bank; if empty, nothing is written.
        sentences: those of all passages, in the order of the index.
        embedded: of their ``questions_to_embed``, as ``KnownVectors.embed`` returns it.

    """
    if questions:
        vectors, digests = embedded
        classifier = learn(questions, vectors, sentences)
        arrays = classifier.arrays()
        arrays |= {DIGESTS: np.frombuffer(digests, np.uint8), VECTORS: vectors}
        with writing(build / FILE):
            np.savez(build / FILE, allow_pickle=False, **arrays)


def vectors_of_bank(build: Path, known: KnownVectors) -> None:
    """Make the vectors of a build's bank known, if it has one."""
    try:
        with np.load(build / FILE, allow_pickle=False) as stored:
            digests, vectors = stored[DIGESTS].tobytes(), stored[VECTORS]
    except Exception:  # noqa: BLE001  whatever numpy raises; they are embedded again then
        return
    if are_unit(vectors) and len(digests) == len(vectors) * DIGEST_BYTES:
        known.add(split(digests), vectors)


def questions_to_embed(questions: Sequence[KnownQuestion]) -> tuple[str, ...]:
    """Return the text to embed for each known question, made as for a visitor's question."""
    return tuple(query_text(visible(known.question), known.history) for known in questions)


def open_index(
    folder: Path, corpus: Corpus, encoder: Encoder, cluster: Address | None = None
) -> tuple[Retriever, Bank | EmptyBank]:
    """Load the current index of a folder, and the question bank of its corpus.

    The documents' files are read again: an index that says anything else than they do, or leaves
    a sentence out, is refused, however well it is sealed. Questions about documents that are not
    in the index are left out, as when it was built.

    Raises:
        PassageIndexError: see ``index.pipeline.load_build`` and ``index.store.open_current``.
        BankError: if the bank does not fit the documents or the index.

    """

    def load(build: Path) -> tuple[Retriever, Bank | EmptyBank]:
        retriever = load_build(
            build,
            encoder=encoder,
            corpus_hash=corpus.sha256,
            beside={FILE},
            cluster=cluster,
        )
        if not _says_the_same(retriever, corpus):
            raise _otherwise(build)
        documents, sentences = retriever.documents, retriever.sentences
        skipped = corpus.doc_ids - documents.keys()
        return retriever, load_bank(build, corpus.folder / BANK, documents, sentences, skipped)

    return open_current(folder, load)


def _otherwise(build: Path) -> PassageIndexError:
    """Return why a build says something else than the files of its corpus."""
    if reading_versions(build) != {reading_version()}:
        return IndexMismatchError(
            "another version of Quotewell has read the files of the index. Run `quotewell build`."
        )
    return wrong(build, "says something else than the files of the corpus")


def _says_the_same(retriever: Retriever, corpus: Corpus) -> bool:
    """Whether an index says what the files of its corpus say, in their order."""
    count, at = 0, 0
    for one in read_files(files_of(corpus.sources)):
        if isinstance(one, Skipped):
            continue
        sentences = one.document.sentences
        if retriever.documents.get(one.document.doc_id) != one.document:
            return False
        if retriever.sentences[at : at + len(sentences)] != sentences:
            return False
        count, at = count + 1, at + len(sentences)
    return (count, at) == (len(retriever.documents), len(retriever.sentences))


def load_bank(
    build: Path,
    folder: Path,
    documents: Mapping[str, Document],
    sentences: Sequence[Sentence],
    skipped: AbstractSet[str] = frozenset(),
) -> Bank | EmptyBank:
    """Load a corpus's question bank with what was learnt from it.

    Args:
        build: the folder of the build that ``write_bank`` wrote to.
        folder: of the bank's own files; it need not exist.
        documents: by doc_id.
        sentences: those of all passages, in the order of the index.
        skipped: ids of documents that are left out, together with the questions about them.

    Raises:
        BankError: if the bank does not fit the documents or the build.
        DamagedIndexError: if the build's file of the bank is missing or damaged.

    """
    questions = read_bank(folder, documents, skipped)
    if not questions:
        if (build / FILE).exists():
            raise wrong(build / FILE, "belongs to no question bank")
        return EmptyBank()
    try:
        with np.load(build / FILE, allow_pickle=False) as stored:
            arrays = dict(stored)
        vectors = arrays.pop(VECTORS)
        del arrays[DIGESTS]
        classifier = restore(arrays)
    except Exception as error:  # whatever numpy and zipfile raise for a damaged file
        raise wrong(build / FILE, "cannot be read") from error
    if len(vectors) != len(questions):
        raise BankError("the index was built with a different question bank; run `quotewell build`")
    n_units = len(set(units_of(sentences)))
    if not are_unit(vectors) or not classifier.fits(vectors.shape[1], n_units):
        raise wrong(build / FILE, "does not hold what is learnt from a question bank")
    return Bank(questions, vectors, sentences, classifier)
