"""From a question to an answer made of quotes: this stage from end to end."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from answer.agreeing import agreeing, each_once
from answer.asking.names import Names
from answer.asking.question import Query, understand_parts
from answer.asking.scope import Scope
from answer.asking.spelling import Speller
from answer.choosing.demands import gives_what_is_asked
from answer.choosing.emphasis import emphases
from answer.choosing.select import MAX_RELATED, Scored, choose
from answer.choosing.studies import with_studies
from answer.mining.mined import open_mined
from answer.notices import notices_for
from answer.notices.classifier import load_classifier
from answer.offering.suggestions import suggestions
from answer.opening import open_index
from answer.quotes import Answer, Citation, Notice, Part, cite, without_quotes
from answer.safety.rules import SafetyRules
from answer.safety.ruling import Ruling
from answer.safety.says import was_true_then
from answer.searched import check_known, counted
from answer.standing import retracted_alone, with_notices
from answer.weighing.calibration import Calibration, load_calibration
from answer.weighing.reader import Reader
from answer.weighing.signals import signals
from answer.weighing.weigher import Weighed, Weigher
from bank.known import Bank, EmptyBank
from bank.offered import read_offered
from bank.questions import BANK, KnownQuestion
from corpus.sources import Corpus, Source, open_corpus
from index.encoder import open_encoder
from index.engines.address import Address
from index.query import visible
from index.retriever import Retriever
from ingest.document import Document, Span

EMPHASISED_FROM = 0.5
"""Words are emphasised in quotes that are more likely to answer than not."""


class Answerer:
    """Answers questions about one corpus. Made by ``load_answerer``; threads can share it."""

    def __init__(
        self,
        sources: Sequence[Source],
        retriever: Retriever,
        bank: Bank | EmptyBank,
        weigher: Weigher,
        calibration: Calibration,
        speller: Speller,
        safety: SafetyRules,
        offered: Sequence[KnownQuestion] = (),
        version: str = "",
    ) -> None:
        self.sources: Mapping[str, Source] = {source.doc_id: source for source in sources}
        self.version = version
        """Of the library (``Corpus.version``)."""
        self._retracted = {source.doc_id for source in sources if source.is_retracted}
        self.retriever = retriever
        self.boxes = retriever.boxes
        self.bank = bank.questions
        """The known questions; none if the corpus came without a bank, or it is not used."""
        sound = (one for one in offered if one.evidence[0].doc_id not in self._retracted)
        self.offered = tuple(sound)
        """The known questions that are suggested to visitors; no retracted source answers them."""
        self._weigher, self._calibration, self._speller = weigher, calibration, speller
        self._safety, self._scope = safety, Scope(sources)

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
            question: as typed; if it is two or three questions, each is answered by itself.
            history: earlier questions of the conversation, oldest first; none to have it read on
                its own.
            documents: search these doc_ids only; all if None.

        Raises:
            QuestionError: if the question is empty, too long, or names unknown documents.

        """
        began = time.perf_counter()
        check_known(documents or (), self.documents)
        queries = understand_parts(question, history, self._speller.correct)
        notices = notices_for(visible(question), history, queries[0].read_as[:-1])
        if any(notice.stands_alone for notice in notices):
            return without_quotes(question, notices, time.perf_counter() - began, self.version)
        gathered = [self._gather(query, documents) for query in queries]
        searched = time.perf_counter()
        each_part = (self._part(*each, notices) for each in zip(queries, gathered, strict=True))
        parts = agreeing([*each_part])
        citations = [citation for part in parts for citation in part.citations]
        n_documents, n_passages = counted([each.named for each in gathered], self.retriever)
        ended = time.perf_counter()
        return Answer(
            question=question,
            citations=each_once(citations),
            related=() if citations else each_once(c for part in parts for c in part.related),
            notices=(*notices, *retracted_alone(citations)),
            n_documents=n_documents,
            n_passages=n_passages,
            timing_ms={
                "search": 1000 * (searched - began),
                "select": 1000 * (ended - searched),
                "total": 1000 * (ended - began),
            },
            read_as=(*queries[0].read_as[:-1], visible(question)) if queries[0].read_as else (),
            parts=parts if len(parts) > 1 else (),
            is_order_fixed=len(parts) == 1 and parts[0].is_order_fixed,
            version=self.version,
        )

    def suggestions(self, audience: str | None) -> tuple[str, ...]:
        """Return questions from the corpus's bank to suggest to an audience, or to anybody."""
        return suggestions(self.offered, audience)

    def quote(self, doc_id: str, span: Span, *, is_dated: bool) -> Citation:
        """Cite a place that was quoted before, dated if it was or has to be; nothing is asked.

        Raises:
            CitationError: if the span is not whole sentences of one section of that document.

        """
        document, antecedent = self.documents[doc_id], self._safety.antecedent(doc_id, span)
        is_dated = is_dated or was_true_then(cite(document, span, 0.0).quote)
        as_of = self._date(doc_id) if is_dated else ""
        status = self.sources[doc_id].status
        return cite(document, span, 0.0, as_of=as_of, antecedent=antecedent, status=status)

    def _gather(self, query: Query, documents: Sequence[str] | None) -> _Gathered:
        named = tuple(documents or ()) or self._scope.documents(query.asked)
        return _Gathered(self._weigher.weigh(query, named), named)

    def _part(self, query: Query, gathered: _Gathered, notices: Sequence[Notice]) -> Part:
        """Choose the quotes that answer one of the questions of a message."""
        weighed = gathered.weighed
        probabilities = self._calibration.probabilities(weighed.table)
        scored = [Scored(*each) for each in zip(weighed.units, probabilities.tolist(), strict=True)]
        ruling = self._safety.ruling(query, notices, scored, weighed.vector, gathered.named or ())
        chosen, closest = choose(
            ruling.allowed, self._calibration.bars_for(weighed.table), self._retracted
        )
        chosen = with_studies(query.asked, chosen, ruling.allowed, self.documents)
        quoted = ruling.completed(chosen, closest)
        has_it = gives_what_is_asked(query.asks, quoted, self.documents, self.sources)
        if quoted and not (has_it or ruling.puts_in_order):
            quoted, closest = [], quoted
        related = [] if quoted else ruling.related(closest)[:MAX_RELATED]
        units = {scored.unit for scored in quoted}
        words = emphases(query.text, weighed.words, self.retriever.sentences, units)
        return Part(
            question=query.asked,
            read_as=query.read_as,
            citations=tuple(self._cite(s, ruling, words.get(s.unit)) for s in quoted),
            related=tuple(self._cite(s, ruling) for s in related),
            is_order_fixed=ruling.puts_in_order or quoted != chosen,
        )

    def _cite(self, scored: Scored, ruling: Ruling, words: Span | None = None) -> Citation:
        doc_id, span = scored.unit.doc_id, scored.unit.span
        return cite(
            self.documents[doc_id],
            span,
            scored.probability,
            words if scored.probability > EMPHASISED_FROM else None,
            as_of=self._date(doc_id) if ruling.is_dated(scored) else "",
            antecedent=ruling.antecedent(scored),
            status=self.sources[doc_id].status,
        )

    def _date(self, doc_id: str) -> str:
        return self.sources[doc_id].updated[: len("2024-06")]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The candidates for a question, and the documents it is restricted to, if it is."""

    weighed: Weighed
    named: tuple[str, ...] | None


def load_answerer(
    corpus: Path | Corpus,
    index: Path,
    threads: int = 1,
    *,
    with_bank: bool = True,
    cluster: Address | None = None,
) -> Answerer:
    """Load a corpus and the index built from it.

    Args:
        corpus: its folder, or the corpus if it was read.
        index: the folder of its index.
        threads: how many windows are read at the same time, whichever question they belong to.
        with_bank: whether to use its question bank, if it has one.
        cluster: that finds its passages; this machine if None.

    Raises:
        CorpusError: if the corpus folder is faulty.
        PassageIndexError: if nothing was built yet, or the index is damaged or of another corpus.
        BankError: if the question bank does not fit the documents or the index.
        ModelError: if a model file is missing or damaged.

    """
    load_classifier()
    read = corpus if isinstance(corpus, Corpus) else open_corpus(corpus)
    encoder = open_encoder(index)
    with ThreadPoolExecutor(1) as beside:  # to load the reader takes as long as to read a bank
        reading = beside.submit(Reader, encoder, threads=threads)
        retriever, known = open_index(index, read, encoder, cluster)
    reader = reading.result()
    bank = known if with_bank else EmptyBank()
    mined = open_mined(retriever.kept)
    sources = with_notices(_indexed(read.sources, retriever), mined.relations())
    calibration = load_calibration(reader.sha256, signals(with_bank=bool(bank.questions)))
    weigher = Weigher(retriever, reader, bank, Names(mined), calibration)
    speller = Speller(mined, encoder)
    safety = SafetyRules(retriever, {source.doc_id: source for source in sources}, mined)
    offered = read_offered(read.folder / BANK, bank.questions)
    made = (sources, retriever, bank, weigher, calibration, speller, safety, offered)
    return Answerer(*made, read.version)


def _indexed(sources: Sequence[Source], retriever: Retriever) -> Sequence[Source]:
    """Leave out documents that the build could not read, which are in the digest only."""
    if len(sources) == len(retriever.documents):
        return sources
    return [source for source in sources if source.doc_id in retriever.documents]
