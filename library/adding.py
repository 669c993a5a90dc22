"""Add files to a library: read each once, propose what is said of it, and shelve it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from corpus.changing import settle, start
from corpus.digests import file_digest, unfit
from corpus.errors import CorpusError, Skipped
from ingest.drafting.reading import Reading
from ingest.library import File, read_files
from library import history
from library.candidates import Candidate, Wanted
from library.exports.matching import Matcher
from library.names import free_name, stored_name
from library.outcomes import Known, Outcome, Refused, Shelved
from library.pairing import are_one, is_marked_up, is_pdf
from library.proposal import Proposal, propose
from library.shelving import Shelf


class Asking(Protocol):
    """Who can be asked while files are added."""

    def missing(self, path: Path, proposal: Proposal) -> Mapping[str, Any]:
        """Return what a person says of the facts that are missing: keys of ``WANTED``."""

    def is_another(self, path: Path, doc_id: str) -> bool:
        """Whether a file that has the DOI or title of a known document is another one."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that is going to be read."""

    candidate: Candidate
    name: str
    """That it gets in the library."""
    clash: str = ""
    """The id of a document that has the name it would get; ``name`` is then another one."""

    @property
    def path(self) -> Path:
        """The file."""
        return self.candidate.path


@dataclass(slots=True)
class Adding:
    """One run of ``add``."""

    shelf: Shelf
    matcher: Matcher
    asking: Asking | None = None
    kept: Path | None = None
    digests: dict[str, Path] = field(default_factory=dict)
    """The files that are going to be read, by the digest of their bytes."""
    reserved: set[str] = field(default_factory=set)
    """The ids that they get, folded."""


def add(
    folder: Path, wanted: Wanted, asking: Asking | None = None, kept: Path | None = None
) -> Iterator[Outcome]:
    """Add files to the library in ``folder``, which is made if it is not there.

    Whatever interrupts it, each file is in the library with its item or not at all, and what was
    yielded is so.

    Args:
        folder: of the corpus.
        wanted: what to add.
        asking: who is asked for what is missing; nobody if None.
        kept: the folder in which readings are kept, see ``ingest.library.read_files``.

    Yields:
        What became of each file.

    Raises:
        CorpusError: if the listing cannot be read or changed.
        LibraryError: if the history cannot be written.
        OSError: if something cannot be written.

    """
    start(folder)
    settle(folder)
    run = Adding(Shelf(folder), Matcher(wanted.entries), asking, kept)
    note(folder)
    try:
        yield from (Refused(Path(), fault) for fault in wanted.faults)
        yield from _all(run, wanted.candidates)
        for entry in wanted.fileless:
            if not run.matcher.is_matched(entry):
                reason = f"{entry.place}: has no file; attach one, or name it as well"
                yield Refused(Path(), reason)
    finally:
        run.shelf.flush()
        note(folder)


def note(folder: Path) -> None:
    """Note the state of a library in its history, unless it cannot be read or has no documents."""
    with suppress(CorpusError):
        history.record(folder)


def _all(run: Adding, candidates: Sequence[Candidate]) -> Iterator[Outcome]:
    planned = []
    for candidate in candidates:
        one = _plan(run, candidate)
        if isinstance(one, Planned):
            planned.append(one)
        else:
            yield one
    files = (File(Path(one.name).stem, one.path) for one in planned)
    for one, reading in zip(planned, read_files(files, run.kept), strict=True):
        run.shelf.take(_outcome(run, one, reading))
        yield from run.shelf.listed(now=run.asking is not None)
    yield from run.shelf.listed(now=True)


def _plan(run: Adding, candidate: Candidate) -> Planned | Outcome:
    path, catalogue = candidate.path, run.shelf.catalogue
    try:
        what = unfit(path)
        digest = "" if what else file_digest(path)
    except OSError as error:
        return Refused(path, f"{path}: cannot be opened ({error.strerror}); name a file")
    if what:
        return Refused(path, f"{path}: {what}; name the file itself, or a part of it")
    if doc_id := catalogue.with_bytes(digest):
        return Known(path, doc_id)
    if digest in run.digests:
        return Refused(path, f"{path}: is the same as {run.digests[digest]}; nothing to do")
    run.digests[digest] = path
    entry = candidate.entry
    name = stored_name(entry.key + path.suffix if entry and entry.key else path.name)
    free = free_name(name, {*catalogue.taken, *run.reserved})
    run.reserved.add(Path(free).stem.casefold())
    clash = "" if free == name or entry else Path(name).stem
    return Planned(candidate, free, catalogue.called(clash) or clash)


def _outcome(run: Adding, one: Planned, reading: Reading | Skipped) -> Outcome:
    if isinstance(reading, Skipped):
        return Refused(one.path, reading.faults[0])
    try:
        return _shelved(run, one, reading)
    except CorpusError as error:
        return Refused(one.path, str(error))


def _shelved(run: Adding, one: Planned, reading: Reading) -> Outcome:
    proposal = propose(reading, one.path)
    if entry := one.candidate.entry or run.matcher.match(proposal.item):
        proposal = propose(reading, one.path, entry.item, entry.export)
    known = run.shelf.catalogue.same_work(proposal.item) or one.clash
    if known in run.shelf.catalogue and (joined := _joined(run, known, one, reading, proposal)):
        return joined
    if known and (reason := _against(run, known, one)):
        return Refused(one.path, reason)
    if run.asking:
        proposal = proposal.given(run.asking.missing(one.path, proposal), "you")
    return run.shelf.add(one.name, one.path, reading, proposal)


def _against(run: Adding, known: str, one: Planned) -> str:
    """Return why a file is not added that is like a known document; empty if it is."""
    replace = f"if this is its new version, `quotewell replace {known} FILE`"
    if one.clash:
        return (
            f"{one.path}: {one.clash} is there with other content; {replace}; else rename the file"
        )
    if run.asking and run.asking.is_another(one.path, known):
        return ""
    return f"{one.path}: has the DOI or the title of {known}; {replace}"


def _joined(
    run: Adding, known: str, one: Planned, reading: Reading, proposal: Proposal
) -> Shelved | None:
    """Put text and pages of one paper together, or return None if they are not that."""
    run.shelf.flush()
    catalogue = run.shelf.catalogue
    there = catalogue.path(known)
    are_pages = is_pdf(one.path) and is_marked_up(there) and not catalogue.pdf(known)
    if not are_pages and not (is_marked_up(one.path) and is_pdf(there)):
        return None
    (other,) = read_files([File(known, there)], run.kept)
    if isinstance(other, Skipped):
        return None
    text, pages = (other, reading) if are_pages else (reading, other)
    if not are_one(text.document, pages.document):
        return None
    put = run.shelf.put_pages if are_pages else run.shelf.put_text
    return put(known, one.path, reading, proposal)
