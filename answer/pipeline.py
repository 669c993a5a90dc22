"""A question to an answer made of quotes: this stage from end to end."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from threadpoolctl import threadpool_limits

from answer.asking.names import mine_names
from answer.asking.question import understand
from answer.asking.scope import Scope
from answer.asking.spelling import Speller
from answer.build import BuildReport, build
from answer.choosing.emphasis import emphases
from answer.choosing.select import Scored, choose
from answer.choosing.studies import with_studies
from answer.errors import QuestionError
from answer.notices import notices_for
from answer.offering.suggestions import offered, suggestions
from answer.quotes import Answer, Citation, cite
from answer.weighing.calibration import Calibration, load_calibration
from answer.weighing.features import FEATURES, WITHOUT_BANK, features
from answer.weighing.reader import Reader
from answer.weighing.signals import Signaller, Signals
from bank.errors import BankError
from bank.known import load_known
from bank.questions import BANK, KnownQuestion, read_bank
from corpus.sources import Source, corpus_hash, read_sources
from index.encoder import SentenceEncoder
from index.pipeline import load_retriever
from index.retriever import Retriever
from ingest.document import Document, Span
from ingest.units import units_of

SURE = 0.5
"""Words are emphasised in quotes that are likelier to answer than not."""

__all__ = ["Answerer", "BuildReport", "build", "load_answerer"]


class Answerer:
    """Answers questions about one corpus. Made by ``load_answerer``; safe to share by threads."""

    def __init__(
        self,
        sources: Sequence[Source],
        retriever: Retriever,
        bank: Sequence[KnownQuestion],
        signaller: Signaller,
        calibration: Calibration,
        speller: Speller,
    ) -> None:
        self.sources: Mapping[str, Source] = {source.doc_id: source for source in sources}
        self.retriever = retriever
        self.bank = tuple(bank)
        self.offered = offered(bank)
        self._signaller, self._calibration, self._speller = signaller, calibration, speller
        self._units = units_of(retriever.sentences)
        self._scope = Scope(sources)

    @property
    def documents(self) -> Mapping[str, Document]:
        """What is answered from, by doc_id."""
        return self.retriever.documents

    def answer(
        self,
        question: str,
        history: Sequence[str] = (),
        documents: Sequence[str] | None = None,
    ) -> Answer:
        """Answer a question with quotes, or say that the documents do not answer it.

        Args:
            question: as typed.
            history: earlier questions of the conversation, oldest first.
            documents: search these doc_ids only; all if None.

        Raises:
            QuestionError: if the question is empty, too long, or names unknown documents.

        """
        began = time.perf_counter()
        self._check(documents)
        query = understand(question, history, self._speller.correct)
        searched = tuple(documents or ()) or self._scope.documents(query.asked)
        signals = self._signaller.gather(query, searched)
        scored = self._scored(signals)
        gathered = time.perf_counter()
        chosen, closest = choose(scored, self._calibration.bars)
        chosen = with_studies(query.asked, chosen, scored, self.documents)
        words = emphases(signals, self.retriever.sentences)
        citations = tuple(
            self._cite(s, words.get(s.unit) if s.probability > SURE else None) for s in chosen
        )
        related = tuple(self._cite(scored) for scored in closest)
        ended = time.perf_counter()
        return Answer(
            question=question,
            citations=citations,
            related=related,
            notices=notices_for(query.asked, history),
            n_documents=len(set(searched or self.documents)),
            n_passages=self._count(searched),
            timing_ms={
                "search": 1000 * (gathered - began),
                "select": 1000 * (ended - gathered),
                "total": 1000 * (time.perf_counter() - began),
            },
        )

    def suggestions(self, audience: str) -> tuple[str, ...]:
        """Return questions to offer to an audience, of the corpus's own bank."""
        return suggestions(self.offered, audience)

    def _scored(self, signals: Signals) -> list[Scored]:
        units = list(dict.fromkeys(self._units[row] for row in signals.rows))
        table = features(signals, self._units, self._calibration.names)
        probabilities = self._calibration.probabilities(table)
        return [
            Scored(unit, float(probability))
            for unit, probability in zip(units, probabilities, strict=True)
        ]

    def _cite(self, scored: Scored, words: Span | None = None) -> Citation:
        document = self.documents[scored.unit.doc_id]
        return cite(document, scored.unit.span, scored.probability, words)

    def _count(self, documents: Sequence[str] | None) -> int:
        passages = self.retriever.passages
        return sum(1 for p in passages if documents is None or p.doc_id in documents)

    def _check(self, documents: Sequence[str] | None) -> None:
        unknown = sorted(set(documents or ()) - set(self.documents))
        if unknown:
            known = ", ".join(sorted(self.documents))
            raise QuestionError(f"there is no document {unknown[0]!r}; choose among {known}")


def load_answerer(corpus: Path, index: Path) -> Answerer:
    """Load a corpus and the index built from it.

    Raises:
        CorpusError: if the corpus folder is not as it should be.
        PassageIndexError: if nothing was built yet, or the index is damaged or of another corpus.
        BankError: if the question bank does not fit the documents or the index.
        ModelError: if a model file is missing or damaged.

    """
    _one_thread_a_question()
    sources = read_sources(corpus)
    encoder = SentenceEncoder()
    retriever = load_retriever(index, encoder, corpus_hash(corpus))
    documents = retriever.documents
    bank = read_bank(corpus / BANK, documents)
    if len(bank) != len(retriever.question_vectors):
        raise BankError("the index holds other known questions; run `quotewell build`")
    reader = Reader(encoder)
    stored = retriever.question_vectors, retriever.sentences, retriever.learnt
    known = load_known(bank, *stored) if bank else None
    names = FEATURES if bank else WITHOUT_BANK
    return Answerer(
        sources,
        retriever,
        bank,
        Signaller(retriever, reader, known, mine_names(documents.values())),
        load_calibration(reader.sha256, names, with_bank=bool(bank)),
        Speller(documents.values(), encoder),
    )


def _one_thread_a_question() -> None:
    """Keep the libraries from sharing out a question's small sums to several threads.

    Those wait for one another, spinning; ten visitors at once feel it (``benchmarks/speed.py``).
    """
    threadpool_limits(1)  # of what is loaded
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # of what loads with the encoder
