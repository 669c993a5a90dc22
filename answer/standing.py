"""What became of each source: statuses from the listing, and from notices in the library itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from answer.notices import texts
from answer.quotes import Citation, Notice
from corpus.sources import Source
from corpus.status import Effect, Standing, Status, by_gravity

_DOES: Mapping[str, tuple[Effect, Standing]] = {
    "corrects": ("corrects", "corrected"),
    "retracts": ("retracts", "retracted"),
    "is concerned about": ("concerns", "concern"),
    "updates": ("supersedes", "superseded"),
}
"""How a document says that it is a notice (``ingest.facts``): what it does, and what the other
becomes."""
_SUFFERS: Mapping[str, Standing] = {
    "corrected by": "corrected",
    "retracted by": "retracted",
    "concern in": "concern",
    "updated by": "superseded",
}
"""How a document says that there is a notice about it, and what it becomes."""


def with_notices(
    sources: Sequence[Source], related: Mapping[str, Sequence[tuple[str, str]]]
) -> tuple[Source, ...]:
    """Return the sources with the statuses that their documents give one another.

    A notice gets what it does, and to which document; that one gets what was done to it. What the
    listing says comes first: the same thing is not said twice.

    Args:
        sources: of the documents.
        related: by doc_id, how documents say they are related to others, and their addresses.

    """
    found = {source.doc_id: [*source.status] for source in sources if source.status}
    if related:
        by_address = {address: source for source in sources for address in _addresses(source)}
        for source in sources:
            for relation, address in related.get(source.doc_id, ()):
                for doc_id, status in _statuses(source, relation, address, by_address):
                    _add(found.setdefault(doc_id, []), status)
    labels = {source.doc_id: source.label for source in sources} if found else {}
    return tuple(
        replace(
            source,
            status=by_gravity(
                replace(status, label=labels.get(status.document, ""))
                for status in found[source.doc_id]
            ),
        )
        if source.doc_id in found
        else source
        for source in sources
    )


def retracted_alone(citations: Sequence[Citation]) -> tuple[Notice, ...]:
    """Return the notice that goes before quotes that are all from retracted sources."""
    if citations and all(citation.is_retracted for citation in citations):
        return (Notice("retracted", texts.RETRACTED),)
    return ()


def _statuses(
    source: Source, relation: str, address: str, by_address: Mapping[str, Source]
) -> Iterator[tuple[str, Status]]:
    """Yield each document that a relation says something of, and what."""
    other = by_address.get(_folded(address))
    document = other.doc_id if other and other is not source else ""
    doi = address if address.startswith("10.") else other.doi if other else ""
    if relation in _DOES:
        does, becomes = _DOES[relation]
        yield source.doc_id, Status(does, doi=doi, document=document)
        if document:
            date = source.issued
            yield document, Status(becomes, date=date, doi=source.doi, document=source.doc_id)
    elif relation in _SUFFERS:
        date = other.issued if other else ""
        yield source.doc_id, Status(_SUFFERS[relation], date, doi, document)


def _add(statuses: list[Status], new: Status) -> None:
    """Add a status, or to one that says the same what it does not say."""
    for at, old in enumerate(statuses):
        is_same = _folded(old.doi) == _folded(new.doi) or not (old.doi and new.doi)
        if old.kind == new.kind and is_same and old.document in ("", new.document):
            document, doi = old.document or new.document, old.doi or new.doi
            statuses[at] = replace(old, document=document, doi=doi, date=old.date or new.date)
            return
    statuses.append(new)


def _addresses(source: Source) -> Iterator[str]:
    """Yield how other documents name a source, folded."""
    if source.doi:
        yield _folded(source.doi)
    if pmid := source.csl.get("PMID"):
        yield _folded(f"PMID {pmid}")


def _folded(address: str) -> str:
    return address.strip().casefold()
