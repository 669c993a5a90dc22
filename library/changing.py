"""Take documents out of a library, or put new versions in their places; the history keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.changing import Change, apply, settle
from corpus.digests import file_digest, unfit
from corpus.errors import Skipped
from ingest.library import File, read_files
from library import history
from library.adding import note
from library.errors import LibraryError
from library.outcomes import Known, Refused, Shelved
from library.pairing import is_pdf
from library.proposal import propose
from library.shelving import Shelf


def replace(
    folder: Path, doc_id: str, path: Path, kept: Path | None = None
) -> Shelved | Known | Refused:
    """Put a new version in the place of a document; what ``sources.json`` says of it stays.

    A PDF for a document whose text is from another file replaces its pages.

    Args:
        folder: of the corpus.
        doc_id: of the document.
        path: of the new version.
        kept: the folder in which readings are kept, see ``ingest.library.read_files``.

    Raises:
        LibraryError: if there is no such document, or the history cannot be written.
        CorpusError: if the listing cannot be read or changed.
        OSError: if the file cannot be opened, or something not be written.

    """
    shelf = _opened(folder)
    _check(shelf, [doc_id])
    if what := unfit(path):
        return Refused(path, f"{path}: {what}; name the file itself, or a part of it")
    if same := shelf.catalogue.with_bytes(file_digest(path)):
        return Known(path, same)
    (reading,) = read_files([File(doc_id, path)], kept)
    if isinstance(reading, Skipped):
        return Refused(path, reading.faults[0])
    note(folder)
    found = propose(reading, path, shelf.catalogue[doc_id], "sources.json")
    are_pages = is_pdf(path) and shelf.catalogue.pdf(doc_id)
    put = shelf.put_pages if are_pages else shelf.replace
    done = put(doc_id, path, reading, found)
    note(folder)
    return done


def withdraw(folder: Path, doc_ids: Sequence[str]) -> None:
    """Take documents out of a library.

    Raises:
        LibraryError: if one is not there, or the history cannot be written; nothing is done then.
        CorpusError: if the listing cannot be read or changed.
        OSError: if something cannot be written.

    """
    shelf = _opened(folder)
    _check(shelf, doc_ids)
    note(folder)
    catalogue = shelf.catalogue
    both = [path for one in doc_ids for path in (catalogue.path(one), catalogue.pdf(one)) if path]
    files = [path for path in both if path.is_file()]
    history.keep(folder, files)
    names = [path.name for path in files]
    apply(folder, Change(gone=names, items=dict.fromkeys(doc_ids)))
    note(folder)


def _opened(folder: Path) -> Shelf:
    settle(folder)
    return Shelf(folder)


def _check(shelf: Shelf, doc_ids: Sequence[str]) -> None:
    for doc_id in doc_ids:
        if doc_id not in shelf.catalogue:
            raise LibraryError(f"there is no document {doc_id!r}; `quotewell list` shows the ids")
