"""The rules for one library; each question gets a ruling."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from answer.asking.question import Query
from answer.choosing.select import Scored
from answer.mining.harm import HarmSection, asked_by
from answer.mining.mined import Mined
from answer.quotes import Notice
from answer.safety.asked import asked
from answer.safety.meaning import Meaning
from answer.safety.pool import Pool
from answer.safety.ruling import Ruling
from answer.safety.says import is_about_one_patient
from answer.safety.shelf import Library, Shelf
from answer.safety.treatments import Treated, Treatments
from corpus.sources import Source
from index.encoder import Vectors
from ingest.document import Span

MOST_SECTIONS = 16
"""Sections on the harm that is asked for that are looked through, beside those of the documents
that were read: those nearest to the question. Chosen by hand: each costs reading its document."""


class SafetyRules:
    """Knows the treatments of a library, and which documents are about one patient.

    Args:
        library: what is quoted from.
        sources: what its documents are, by doc_id.
        mined: from its documents.

    """

    def __init__(self, library: Library, sources: Mapping[str, Source], mined: Mined) -> None:
        self._library, self._sources, self._mined = library, sources, mined
        self._shelf = Shelf(library)
        self._treatments = Treatments(mined.drugs_beginning)
        is_about_one = lru_cache(maxsize=20_000)(self._is_about_one)
        self._meaning = Meaning(self._shelf, library.documents, self._treatments, is_about_one)

    def ruling(
        self,
        query: Query,
        notices: Collection[Notice],
        scored: Sequence[Scored],
        vector: Vectors,
        documents: Collection[str],
    ) -> Ruling:
        """Read a question and gather what its answer may be made of.

        Args:
            query: the question.
            notices: those shown beside its answer.
            scored: the units that were read, and how likely each answers.
            vector: the question's, shape ``(d,)``.
            documents: doc_ids that may be quoted from; all if empty.

        """
        read = asked(query, notices, self._treatments)
        sections = self._on_harm(read.treatments, scored, vector) if read.for_risks else ()
        on_harm = self._meaning.on_harm(sections, read.treatments)
        pool = Pool(self._shelf, scored, vector, documents, on_harm)
        return Ruling(read, scored, pool, self._meaning)

    def antecedent(self, doc_id: str, span: Span) -> Span | None:
        """Return where a document names what a quote's pronouns stand for, or None.

        Args:
            doc_id: of the document.
            span: the quote's place in it.

        """
        at = self._shelf.at(doc_id, span.start)
        return None if at is None else self._meaning.antecedent(at)

    def _on_harm(
        self, treatments: Treated, scored: Sequence[Scored], vector: Vectors
    ) -> Iterator[int]:
        """Yield where sections begin that may be on the harm of treatments, or any."""
        read = {one.unit.doc_id for one in scored}
        others = [s for s in self._mined.harm(asked_by(treatments)) if s.doc_id not in read]
        own = [section for doc_id in sorted(read) for section in self._mined.harm_of(doc_id)]
        for section in (*own, *self._nearest(others, vector)):
            at = self._shelf.at(section.doc_id, section.start)
            if at is not None:
                yield at

    def _nearest(self, sections: Sequence[HarmSection], vector: Vectors) -> list[HarmSection]:
        """Return the sections whose first passage is nearest to a question."""
        if len(sections) <= MOST_SECTIONS:
            return list(sections)
        rows = [self._library.passages_of(s.doc_id).start + s.passage for s in sections]
        cosines = self._library.cosines(vector, np.unique(rows))
        order = sorted(range(len(rows)), key=lambda n: -cosines[rows[n]])
        return [sections[n] for n in order[:MOST_SECTIONS]]

    def _is_about_one(self, doc_id: str) -> bool:
        source, sections = self._sources[doc_id], self._library.documents[doc_id].sections
        headings = (section.headings[-1] for section in sections if section.headings)
        return is_about_one_patient(source.evidence, source.label, source.title, *headings)
