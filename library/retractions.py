"""Set the statuses of a library's sources from a list of retractions, offline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.marking import mark
from corpus.sources import Source, read_corpus
from corpus.status import Status, status_of
from ingest.document import Document, Reference
from library.exports.retraction_watch import ORIGIN, Event, folded_doi, read_events

Written = dict[str, str]
"""A status as ``custom.status`` has it."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A document whose statuses are others now."""

    source: Source
    new: tuple[Status, ...]
    gone: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a list says of a library."""

    n_events: int
    n_documents: int
    """Documents that were looked for."""
    unknown: tuple[Source, ...]
    """Those that could not be: they have neither a DOI nor a PubMed number."""
    marked: tuple[Marked, ...]
    cited: Mapping[str, tuple[tuple[Reference, Status], ...]]
    """By doc_id, the references of a document that were retracted, with what the list says."""


def check_retractions(
    folder: Path, listed: Path, documents: Mapping[str, Document] | None = None
) -> Found:
    """Write what a list says of the documents of a corpus into its listing, in one step.

    What the list said before of a document that it still has is replaced; what somebody wrote by
    hand stays, and so does what the list says no more: it may be a part of the whole.

    Args:
        folder: of the corpus.
        listed: Retraction Watch's file.
        documents: whose references are looked for too.

    Raises:
        CorpusError: if the corpus is faulty.
        LibraryError: if it is not such a list.
        OSError: if the list cannot be read, or the listing not be replaced.

    """
    corpus = read_corpus(folder)
    said: defaultdict[str, list[Event]] = defaultdict(list)
    n_events = 0
    for event in read_events(listed):
        n_events += 1
        for address in event.addresses:
            said[address].append(event)
    changed: dict[str, list[Written]] = {}
    for source in corpus.sources:
        written = source.csl["custom"].get("status", [])
        now = _now(written, _events(_addresses(source), said))
        if now != written:
            changed[source.doc_id] = now
    if changed:
        mark(folder, changed)
    known = [source for source in corpus.sources if any(_addresses(source))]
    return Found(
        n_events=n_events,
        n_documents=len(known),
        unknown=tuple(source for source in corpus.sources if source not in known),
        marked=tuple(
            _marked(source, changed[source.doc_id])
            for source in corpus.sources
            if source.doc_id in changed
        ),
        cited=dict(_cited(documents or {}, said)),
    )


def _events(addresses: Iterable[str], said: Mapping[str, list[Event]]) -> list[Event]:
    """Return what happened to an article, oldest first, each event once."""
    events = dict.fromkeys(event for address in addresses for event in said.get(address, []))
    return sorted(events, key=lambda event: event.date)


def _now(written: Sequence[Written], events: Sequence[Event]) -> list[Written]:
    """Return the statuses of a source after what is ``written`` and what the list says."""
    if not events:
        return list(written)
    by_hand = [one for one in written if one.get("from") != ORIGIN]
    known = {(one["kind"], folded_doi(one.get("doi"))) for one in by_hand}
    new = [one for one in _listed(events) if (one["kind"], one.get("doi", "")) not in known]
    return [*by_hand, *new]


def _listed(events: Sequence[Event]) -> list[Written]:
    """Return what holds after all events; a reinstatement takes away what was before it."""
    held: dict[tuple[str, str], Written] = {}
    for event in events:
        if event.nature == "reinstated":
            held = {key: one for key, one in held.items() if key[0] == "corrected"}
            continue
        one = {"kind": event.nature, "date": event.date, "doi": event.notice, "from": ORIGIN}
        held[event.nature, event.notice] = {key: text for key, text in one.items() if text}
    return list(held.values())


def _marked(source: Source, written: list[Written]) -> Marked:
    now = status_of({"status": written})
    new = tuple(status for status in now if status not in source.status)
    return Marked(source, new, tuple(status for status in source.status if status not in now))


def _cited(
    documents: Mapping[str, Document], said: Mapping[str, list[Event]]
) -> Iterator[tuple[str, tuple[tuple[Reference, Status], ...]]]:
    for doc_id, document in documents.items():
        found = [
            (reference, status)
            for reference in document.references
            for status in status_of({"status": _listed(_events([folded_doi(reference.doi)], said))})
            if status.kind == "retracted"
        ]
        if found:
            yield doc_id, tuple(found)


def _addresses(source: Source) -> Iterator[str]:
    if doi := folded_doi(source.doi):
        yield doi
    pmid: Any = source.csl.get("PMID")
    if pmid and str(pmid).strip().isdecimal():
        yield f"PMID {int(pmid)}"
