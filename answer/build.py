"""Build what questions are answered from: documents, index, and what the question bank teaches."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bank.pipeline import questions_to_embed, write_bank
from bank.questions import BANK, read_bank
from corpus.sources import CorpusError, Skipped, read_corpus
from index.embedding import embed
from index.encoder import SentenceEncoder
from index.pipeline import origin_of, texts_to_embed, write_index
from index.retriever import sentences_of
from index.store import new_build, publish
from ingest.library import ingest_sources
from ingest.passages import pack_passages

Progress = Callable[[str, int, int], None]
"""Called with the step, how much of it is done, and the total."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    n_documents: int
    n_sentences: int
    n_passages: int
    n_questions: int
    seconds: float
    skipped: tuple[Skipped, ...]
    """Documents of the corpus that are not in the index."""


def build(
    corpus: Path, index: Path, progress: Progress | None = None, *, strict: bool = False
) -> BuildReport:
    """Read a corpus and replace the index in ``index`` with its own.

    Whatever fails or interrupts it, the old index stays usable until the last step. A document
    that cannot be used is skipped; with ``strict``, nothing is built in that case.

    Raises:
        CorpusError: if the corpus folder is faulty, no document can be used, or one cannot and
            ``strict`` is set.
        BankError: if the question bank does not fit the documents.
        PassageIndexError: if the index cannot be written there.

    """
    began = time.perf_counter()
    tell = progress or (lambda what, done, total: None)
    read = read_corpus(corpus)
    documents, unreadable = ingest_sources(read.sources, partial(tell, "reading"))
    skipped = read.skipped + unreadable
    if not documents or (strict and skipped):
        raise CorpusError(*(fault for one in skipped for fault in one.faults))
    encoder = SentenceEncoder()
    questions = read_bank(corpus / BANK, documents, {one.doc_id for one in skipped})
    passages = [p for d in documents.values() for p in pack_passages(d, encoder.count_tokens)]
    texts, asked = texts_to_embed(documents, passages), questions_to_embed(questions)
    with new_build(index) as new:
        # Together, because the last bits of a vector depend on those it is encoded with.
        vectors = embed(encoder, [*texts, *asked], partial(tell, "encoding"))
        counts = write_index(new, documents, passages, vectors[: len(texts)])
        write_bank(new, questions, sentences_of(passages), vectors[len(texts) :])
        publish(index, new, origin_of(encoder, read.sha256), counts)
    return BuildReport(
        n_documents=len(documents),
        n_sentences=sum(len(document.sentences) for document in documents.values()),
        n_passages=len(passages),
        n_questions=len(questions),
        seconds=time.perf_counter() - began,
        skipped=skipped,
    )
