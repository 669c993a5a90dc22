"""What an owner does to a library: the one place of the page that changes it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.listing import LISTING, read_items, text_of
from index.store import kept_folder
from library import history
from library.adding import add as add_files
from library.adding import note
from library.candidates import look_through
from library.changing import replace as replace_file
from library.changing import withdraw as withdraw_documents
from library.facts import describe
from library.outcomes import Outcome, Shelved
from library.proposal import Proposal
from ui.owner.errors import RefusedError
from ui.owner.job import Job, StoppedError
from ui.owner.records import outcome_record
from ui.owner.uploads import Drop
from ui.serving.holder import Serving
from ui.settings import CORPUS, Places

FEW = 100
"""Files that are listed one by one, so that each is seen at once; of more, some at a time."""
SUPPLIED = (
    "These two documents come with the program and stay as they are. For a library of your own, "
    "start the server with a folder that you choose: quotewell add --corpus my-library FILE, then "
    "quotewell chat --corpus my-library."
)
PINNED = (
    "This server shows an earlier version, which stays as it is. To change the library, start a "
    "server without --version."
)
LAST = "This is the only document. Add another one first: a library cannot be empty."


class Changing:
    """Changes one library, builds its index, and has the server go on with it.

    Args:
        places: of the library.
        serving: the answerer that is renewed.

    """

    def __init__(self, places: Places, serving: Serving) -> None:
        self._places, self._serving = places, serving
        self.left_out: Mapping[str, str] = {}
        """Why documents are not in the index, by doc_id, as far as this server built it."""

    @property
    def problem(self) -> str:
        """Why this library is not to be changed here; empty if it can be."""
        if self._places.version:
            return PINNED
        return SUPPLIED if self._places.corpus.resolve() == CORPUS.resolve() else ""

    def items(self) -> Sequence[Mapping[str, Any]]:
        """Return the items of the listing.

        Raises:
            CorpusError: if it cannot be read.

        """
        return [one for one in read_items(self._places.corpus / LISTING) if text_of(one, "id")]

    def versions(self) -> Sequence[history.Version]:
        """Return the changes of the library, oldest first.

        Raises:
            LibraryError: if its history is damaged.

        """
        return history.versions(self._places.corpus)

    def add(self, drop: Drop, job: Job) -> None:
        """Add what was dropped, then build."""
        wanted = look_through(drop.named)
        total = len(wanted.candidates) + len(wanted.faults)
        job.tell("reading", 0, total)
        nobody = Nobody() if total <= FEW else None
        outcomes = add_files(self._places.corpus, wanted, nobody, self._kept)
        if self._noted(outcomes, total, drop, job):
            self.build(job)

    def replace(self, doc_id: str, drop: Drop, job: Job) -> None:
        """Put a new version, the one file of a drop, in the place of a document, then build."""
        job.tell("reading", 0, 1)
        outcome = replace_file(self._places.corpus, doc_id, drop.named[0], self._kept)
        job.found(outcome_record(outcome, drop))
        if isinstance(outcome, Shelved):
            self.build(job)

    def withdraw(self, doc_id: str, job: Job) -> None:
        """Take a document out, then build.

        Raises:
            RefusedError: if it is the only one.

        """
        if len(self.items()) == 1:
            raise RefusedError(409, LAST)
        withdraw_documents(self._places.corpus, [doc_id])
        job.found({"how": "withdrawn", "id": doc_id})
        self.build(job)

    def describe(self, doc_id: str, facts: Mapping[str, str]) -> None:
        """Change what is said of a document.

        Raises:
            LibraryError: if there is no such document, or one of the facts cannot be.

        """
        describe(self._places.corpus, doc_id, facts)

    def build(self, job: Job) -> None:
        """Build the index and go on with it."""
        from answer.build import build

        encoder = self._serving.answerer.retriever.encoder  # loaded already
        report = build(
            self._places.corpus,
            self._places.index,
            job.tell,
            encoder=encoder,
            cluster=self._places.cluster,
        )
        note(self._places.corpus)
        self.left_out = {one.doc_id: one.faults[0] for one in report.skipped}
        self.renew(job)

    def renew(self, job: Job) -> None:
        """Go on with the library as it is now."""
        job.tell("Loading", 0, 1)
        self._serving.renew()

    @property
    def _kept(self) -> Path:
        """Where readings are kept for the build that follows."""
        return kept_folder(self._places.index)

    def _noted(self, outcomes: Iterator[Outcome], total: int, drop: Drop, job: Job) -> bool:
        """Note each outcome; return whether the library has changed. Stopping ends the reading."""
        shelved = 0
        try:
            for done, outcome in enumerate(outcomes, start=1):
                job.found(outcome_record(outcome, drop))
                shelved += isinstance(outcome, Shelved)
                job.tell("reading", done, max(done, total))
        except StoppedError:
            pass  # what has been added stays, and is indexed now
        finally:
            if isinstance(outcomes, Generator):
                outcomes.close()
        return shelved > 0


class Nobody:
    """Is asked nothing while files are added: the page shows what is missing afterwards."""

    def missing(self, path: Path, proposal: Proposal) -> Mapping[str, Any]:
        """Say nothing."""
        return {}

    def is_another(self, path: Path, doc_id: str) -> bool:
        """Take nothing for another document that looks like a known one."""
        return False
