"""Learn from a corpus's question bank when an index is built, and load both together.

For a corpus without a bank, nothing is written or loaded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bank.errors import BankError
from bank.intents import IntentClassifier, digest_of, fit, restore
from bank.known import Asked, Bank, EmptyBank, asked_about, targets_of
from bank.questions import BANK, KnownQuestion, read_bank
from bank.sealing import compare_with_files, is_sealed, seal
from corpus.sources import Corpus
from index.embedding import are_unit
from index.encoder import Encoder, Vectors
from index.engines.address import Address
from index.manifest import wrong
from index.pipeline import load_build
from index.query import query_text, visible
from index.retriever import Retriever
from index.segments.beside import Beside
from index.segments.segment import DIGEST_BYTES
from index.segments.vectors import KnownVectors, split
from index.store import open_current, writing
from ingest.document import Document, Sentence
from ingest.units import units_of

FILE = "bank.npz"
"""The file in a build's folder with the questions' vectors and the classifier."""
VECTORS, DIGESTS, LEARNT_FROM = "vectors", "digests", "learnt_from"
"""The questions' vectors in it, the digests of the texts that they are of, and the digest of all
that the classifier was learnt from."""


def write_bank(
    build: Path,
    questions: Sequence[KnownQuestion],
    documents: Mapping[str, Document],
    embedded: tuple[Vectors, bytes],
    old: Path | None = None,
) -> None:
    """Learn from the known questions and store what was learnt in the folder of a build.

    What the old build has learnt from the same questions is taken over.

    Args:
        build: where the index is being written.
        questions: the known ones, in the order of the bank; if empty, nothing is written.
        documents: by id, in the order of the index; only those are read that are asked about.
        embedded: of their ``questions_to_embed``, as ``KnownVectors.embed`` returns it.
        old: the folder of the build in use, if there is one.

    """
    if questions:
        vectors, digests = embedded
        asked = (documents[doc_id] for doc_id in asked_about(questions, documents))
        targets = targets_of(questions, [s for one in asked for s in one.sentences])
        source = digest_of(vectors, targets)
        classifier = _learnt(old, source) or fit(vectors, targets)
        stored: dict[str, NDArray[Any]] = {
            **classifier.arrays(),
            VECTORS: vectors,
            DIGESTS: np.frombuffer(digests, np.uint8),
            LEARNT_FROM: np.frombuffer(source, np.uint8),
        }
        with writing(build / FILE):
            np.savez(build / FILE, allow_pickle=False, **stored)


def _learnt(old: Path | None, source: bytes) -> IntentClassifier | None:
    """Return the classifier of a build if it was learnt from the same."""
    if old is None:
        return None
    try:
        with np.load(old / FILE, allow_pickle=False) as stored:
            if stored[LEARNT_FROM].tobytes() == source:
                return restore(stored)
    except Exception:  # noqa: BLE001  whatever numpy raises; it is learnt again then
        pass
    return None


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
    folder: Path,
    corpus: Corpus,
    encoder: Encoder,
    beside: Sequence[Beside] = (),
    cluster: Address | None = None,
) -> tuple[Retriever, Bank | EmptyBank]:
    """Load the current index of a folder, and the question bank of its corpus.

    An index that this user did not build or compare before (``bank.sealing``) is compared with the
    documents' files, which are read again: if it says anything else than they do, or leaves a
    sentence out, it is refused, however well it is sealed. Questions about documents that are not
    in the index are left out, as when it was built.

    Args:
        folder: of the index.
        corpus: that it was built from.
        encoder: that it was built with.
        beside: what later stages keep of the documents of each segment.
        cluster: that finds its passages; this machine if None.

    Raises:
        PassageIndexError: see ``index.pipeline.load_build`` and ``index.store.open_current``.
        BankError: if the bank does not fit the documents or the index.

    """

    def load(build: Path) -> tuple[Retriever, Bank | EmptyBank]:
        sealed = is_sealed(build)
        retriever = load_build(
            build,
            encoder=encoder,
            corpus_hash=corpus.sha256,
            beside={FILE},
            in_segments={one.name for one in beside},
            is_sealed=sealed,
            cluster=cluster,
        )
        if not sealed:
            compare_with_files(build, retriever, corpus, beside)
        bank = load_bank(build, corpus.folder / BANK, retriever, corpus.doc_ids)
        if not sealed:
            seal(build)
        return retriever, bank

    return open_current(folder, load)


def load_bank(
    build: Path, folder: Path, retriever: Retriever, listed: AbstractSet[str] = frozenset()
) -> Bank | EmptyBank:
    """Load a corpus's question bank with what was learnt from it.

    Args:
        build: the folder of the build that ``write_bank`` wrote to.
        folder: of the bank's own files; it need not exist.
        retriever: over that build.
        listed: ids of the documents of the corpus: those that are not in the index are left out,
            together with the questions about them.

    Raises:
        BankError: if the bank does not fit the documents or the build.
        DamagedIndexError: if the build's file of the bank is missing or damaged.

    """
    documents = retriever.documents
    left_out = {doc_id for doc_id in listed if doc_id not in documents}
    questions = read_bank(folder, documents, left_out)
    if not questions:
        if (build / FILE).exists():
            raise wrong(build / FILE, "belongs to no question bank")
        return EmptyBank()
    try:
        with np.load(build / FILE, allow_pickle=False) as stored:
            arrays = dict(stored)
        vectors = arrays.pop(VECTORS)
        del arrays[DIGESTS], arrays[LEARNT_FROM]
        classifier = restore(arrays)
    except Exception as error:  # whatever numpy and zipfile raise for a damaged file
        raise wrong(build / FILE, "cannot be read") from error
    if len(vectors) != len(questions):
        raise BankError("the index was built with a different question bank; run `quotewell build`")
    asked = _asked(questions, retriever)
    n_units = len(set(units_of(asked.sentences)))
    if not are_unit(vectors) or not classifier.fits(vectors.shape[1], n_units):
        raise wrong(build / FILE, "does not hold what is learnt from a question bank")
    return Bank(questions, vectors, asked, classifier)


def _asked(questions: Sequence[KnownQuestion], retriever: Retriever) -> Asked:
    """Return the sentences of the documents that are asked about; no other is read."""
    sentences: list[Sentence] = []
    rows = [np.zeros(0, np.int64)]
    for doc_id in asked_about(questions, retriever.documents):
        passages = retriever.passages_of(doc_id)
        first, last = (retriever.sentences_of(passages[at]) for at in (0, -1))
        rows.append(np.arange(first.start, last.stop))
        sentences += retriever.sentences[first.start : last.stop]
    return Asked(tuple(sentences), np.concatenate(rows), retriever.shelves.n_units)
