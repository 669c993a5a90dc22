"""Build what questions are answered from: documents, index, vectors of the known questions."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from answer.asking.question import understand
from bank.known import learn
from bank.questions import BANK, KnownQuestion, read_bank
from corpus.sources import corpus_hash, read_sources
from index.encoder import SentenceEncoder, Vectors
from index.pipeline import build_index
from index.retriever import sentences_of
from ingest.passages import pack_passages
from ingest.pipeline import ingest_file

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    n_documents: int
    n_sentences: int
    n_passages: int
    n_questions: int
    seconds: float


def build(corpus: Path, index: Path, progress: Progress | None = None) -> BuildReport:
    """Read a corpus and put its index in place of the one in ``index``.

    Raises:
        CorpusError: if the corpus folder is not as it should be.
        IngestError: if a source file cannot be read.
        BankError: if the question bank does not fit the documents.
        PassageIndexError: if the index cannot be written there.

    """
    began = time.perf_counter()
    tell = progress or (lambda what, done, total: None)
    sources = read_sources(corpus)
    encoder = SentenceEncoder()
    documents = {}
    for done, source in enumerate(sources, start=1):
        documents[source.doc_id] = ingest_file(source.doc_id, source.path)
        tell("reading", done, len(sources))
    bank = read_bank(corpus / BANK, documents)
    passages = [p for d in documents.values() for p in pack_passages(d, encoder.count_tokens)]

    def learnt(vectors: Vectors) -> Mapping[str, NDArray[np.float32]]:
        return learn(bank, vectors, sentences_of(passages)).arrays() if bank else {}

    build_index(
        documents.values(),
        passages,
        encoder,
        index,
        corpus_hash(corpus),
        [asked(known) for known in bank],
        learnt,
        lambda done, total: tell("encoding", done, total),
    )
    return BuildReport(
        n_documents=len(documents),
        n_sentences=sum(len(document.sentences) for document in documents.values()),
        n_passages=len(passages),
        n_questions=len(bank),
        seconds=time.perf_counter() - began,
    )


def asked(known: KnownQuestion) -> str:
    """Return a known question as it is compared with others: after what it leans on."""
    return understand(known.question, known.history).text
