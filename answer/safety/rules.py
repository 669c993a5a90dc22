"""The rules for one library; each question gets a ruling."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from answer.asking.question import Query
from answer.choosing.select import Scored
from answer.quotes import Notice
from answer.safety.asked import asked
from answer.safety.meaning import Meaning
from answer.safety.pool import Pool
from answer.safety.ruling import Ruling
from answer.safety.says import is_about_one_patient
from answer.safety.shelf import Library, Shelf
from answer.safety.treatments import Treatments
from corpus.sources import Source
from index.encoder import Vectors
from ingest.document import Document, Span


class SafetyRules:
    """Knows the treatments of a library, and which documents are about one patient.

    Args:
        library: what is quoted from.
        sources: what its documents are.
        names: groups of names that stand for the same thing in the documents.

    """

    def __init__(
        self, library: Library, sources: Iterable[Source], names: Iterable[Iterable[str]]
    ) -> None:
        self._shelf = Shelf(library)
        self._treatments = Treatments(names)
        of_one = [source.doc_id for source in sources if _is_of_one(source, library.documents)]
        self._meaning = Meaning(self._shelf, library.documents, self._treatments, of_one)

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
        on_harm = self._meaning.on_harm(read.treatments) if read.for_risks else ()
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


def _is_of_one(source: Source, documents: Mapping[str, Document]) -> bool:
    sections = documents[source.doc_id].sections
    headings = [section.headings[-1] for section in sections if section.headings]
    return is_about_one_patient(source.evidence, source.label, source.title, *headings)
