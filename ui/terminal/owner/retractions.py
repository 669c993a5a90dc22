"""``quotewell check-retractions``: what a list of retractions says of the library."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path

from index.errors import PassageIndexError
from index.store import open_current
from ingest.document import Document, Reference
from library import history
from library.retractions import Found, Marked, check_retractions
from ui.cautions import caution
from ui.printable import printable
from ui.settings import Places
from ui.terminal.inventory import INDENT, counted
from ui.terminal.options import Run
from ui.terminal.owner.commands import check_own


def add_arguments(command: ArgumentParser) -> Run:
    """Let the command take a list; return what runs it."""
    command.add_argument(
        "file", type=Path, metavar="FILE.csv", help="the list, as Retraction Watch publishes it"
    )
    return lambda places, arguments: check(places, arguments.file)


def check(places: Places, listed: Path) -> Iterator[str]:
    """Set the statuses of sources as the list has them, and say what changed."""
    check_own(places)
    documents = _documents(places)
    found = check_retractions(places.corpus, listed, documents)
    if found.marked:
        history.record(places.corpus)
    entries = "1 entry" if found.n_events == 1 else f"{found.n_events:,} entries"
    yield f"Looked for {counted(found.n_documents, 'document')} among {entries}.\n"
    if found.unknown:
        names = ", ".join(printable(source.doc_id) for source in found.unknown)
        yield f"Not looked for, without a DOI or PubMed number: {names}.\n"
    for marked in found.marked:
        yield from _changes(marked)
    yield from _cited(found)
    if documents is None:
        yield "References were not looked at: there is no index of these documents yet.\n"
    if found.marked:
        yield "Written to sources.json; a server that is running shows it within seconds.\n"
    else:
        yield "Nothing new about the documents themselves.\n"


def _documents(places: Places) -> Mapping[str, Document] | None:
    """Return the documents of the index, whatever it was built from; None if there is none."""
    from index.pipeline import documents_of  # loads the index's libraries

    try:
        return open_current(places.index, documents_of)
    except PassageIndexError:
        return None


def _changes(marked: Marked) -> Iterator[str]:
    name = printable(marked.source.doc_id)
    yield from (f"{name}: {printable(caution(status).line)}\n" for status in marked.new)
    for status in marked.gone:
        yield f"{name}: no longer: {printable(caution(status).line)}\n"


def _cited(found: Found) -> Iterator[str]:
    for doc_id, references in found.cited.items():
        yield f"{printable(doc_id)} cites {counted(len(references), 'retracted article')}:\n"
        for reference, status in references:
            yield f"{INDENT}[{reference.number}] {_named(reference)}: {caution(status).line}\n"


def _named(reference: Reference) -> str:
    return printable(reference.doi or reference.text)
