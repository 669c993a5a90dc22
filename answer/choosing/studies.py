"""Add the cited references when a question asks which study supports something."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from answer.choosing.select import MAX_QUOTES, Scored
from ingest.document import Document
from ingest.references import cited_in
from ingest.units import Unit

ASKS_FOR_STUDY = re.compile(
    r"\b(?:references?|refs?|citations?|cite[ds]?|citing|sources?|bibliography|literature|pubmed)\b"
    r"|\b(?:which|what) (?:[\w-]+ ){0,3}"
    r"(?:stud(?:y|ies)|trials?|(?:meta-)?analys[ie]s|papers?|articles?|publications?|research)\b"
    r"|\bwho (?:wrote|published|reported|showed|studied|looked at|did)\b"
    r"|\b(?:supports?|backs?(?: up)?|evidence for) (?:the|that|this)\b",
    re.IGNORECASE,
)
"""Written for the question bank: it matches five in six of the questions of kind "reference" that
name no author or journal, and one in twenty-five of the other answerable questions."""
MIN_CITING_PROBABILITY = 0.1
"""A sentence below this is not shown beside the reference that it cites. Chosen by hand."""


def with_studies(
    question: str,
    chosen: Sequence[Scored],
    scored: Sequence[Scored],
    documents: Mapping[str, Document],
) -> list[Scored]:
    """Add to each quote the references that it cites or, if it is one, the sentence citing it.

    Args:
        question: as asked; if it does not ask for a study, ``chosen`` is returned as it is.
        chosen: the quotes to show, best first.
        scored: every unit that was considered.
        documents: by doc_id.

    """
    if not chosen or not ASKS_FOR_STUDY.search(question):
        return list(chosen)
    quotes = list(chosen)
    quoted = {s.unit.doc_id for s in quotes}
    entries = {(name, r.span): r.number for name in quoted for r in documents[name].references}
    shown = {(s.unit.doc_id, s.unit.span) for s in quotes}
    for quote in chosen:
        number = entries.get((quote.unit.doc_id, quote.unit.span))
        if number is None:
            found = _entries(quote, documents[quote.unit.doc_id])
        else:
            found = _citing(number, quote.unit.doc_id, scored, documents)
        quotes += [s for s in found if (s.unit.doc_id, s.unit.span) not in shown]
        shown |= {(s.unit.doc_id, s.unit.span) for s in found}
    return quotes[:MAX_QUOTES]


def _entries(quote: Scored, document: Document) -> list[Scored]:
    """Return the references that a quote cites."""
    numbers = cited_in(document, quote.unit.span)
    return [
        Scored(Unit(document.doc_id, reference.span), quote.probability)
        for reference in document.references
        if reference.number in numbers
    ]


def _citing(
    number: int, doc_id: str, scored: Sequence[Scored], documents: Mapping[str, Document]
) -> list[Scored]:
    """Return the likeliest unit that cites a reference, if it is likely enough."""
    document = documents[doc_id]
    citing = [
        candidate
        for candidate in scored
        if candidate.unit.doc_id == doc_id
        and candidate.probability >= MIN_CITING_PROBABILITY
        and number in cited_in(document, candidate.unit.span)
    ]
    return sorted(citing, key=lambda s: -s.probability)[:1]
