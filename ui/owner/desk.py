"""What the library page asks for, answered with records: every request that was let in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from corpus.listing import text_of
from library.errors import LibraryError
from ui.owner.changing import Changing
from ui.owner.errors import RefusedError
from ui.owner.job import BUSY, Job, Jobs
from ui.owner.records import document_record, left_out_record, version_record
from ui.owner.uploads import Uploads
from ui.serving.holder import Serving
from ui.settings import Places

NEWEST = 50
"""Versions that are told; a library that is changed every day has more."""
GONE = "There is no such document any more. Reload the page."
UNKNOWN = "This cannot be done here. Reload the page."
ONE_FILE = "Give one file: the new version of this document."


class Desk:
    """Answers for one library.

    Args:
        places: of the library.
        serving: has the answerer in use.
        changing: changes the library.
        uploads: has the files that were dropped.

    """

    def __init__(
        self, places: Places, serving: Serving, changing: Changing, uploads: Uploads
    ) -> None:
        self._places, self._serving = places, serving
        self._changing, self._uploads, self._jobs = changing, uploads, Jobs()

    def library(self) -> dict[str, Any]:
        """Return the documents, the versions, and what is to know of the library."""
        documents = self._serving.answerer.documents
        records = [
            document_record(
                item,
                documents.get(text_of(item, "id")),
                self._changing.left_out.get(text_of(item, "id"), ""),
            )
            for item in self._changing.items()
        ]
        versions = list(self._changing.versions())[-NEWEST:]
        return {
            "problem": self._changing.problem,
            "folder": str(self._places.corpus),
            "documents": records,
            "versions": [
                version_record(one, self._places, is_now=one is versions[-1])
                for one in reversed(versions)
            ],
        }

    def left_out(self, doc_id: str, *, is_whole: bool) -> dict[str, Any]:
        """Return what of a document is not content, and where it was joined.

        Raises:
            RefusedError: if it is not answered from.

        """
        document = self._serving.answerer.documents.get(doc_id)
        if document is None:
            raise RefusedError(404, GONE)
        return left_out_record(document, is_whole=is_whole)

    async def receive(self, batch: str, name: str, parts: AsyncIterator[bytes]) -> dict[str, Any]:
        """Take a dropped file; see ``Uploads.receive``."""
        self._check()
        await self._uploads.receive(batch, name, parts)
        return {}

    def begin(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Begin a job: to "add" a drop, "replace" or "withdraw" a document, or "build".

        Raises:
            RefusedError: if another one is running, or something else is wanted.

        """
        self._check()
        what, doc_id = wanted.get("do"), wanted.get("document")
        batch = wanted.get("batch")
        if what in ("add", "replace") and isinstance(batch, str):
            return self._with_files(str(what), batch, str(doc_id))
        if what == "withdraw" and isinstance(doc_id, str):
            self._known(doc_id)
            return self._begin("withdraw", lambda job: self._changing.withdraw(doc_id, job))
        if what == "build":
            return self._begin("build", self._changing.build)
        raise RefusedError(422, UNKNOWN)

    def describe(self, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """Change the facts of a document, and begin to go on with them.

        Raises:
            RefusedError: if a job is running, or a fact cannot be.

        """
        self._check()
        doc_id, facts = wanted.get("document"), wanted.get("facts")
        if not isinstance(doc_id, str) or not isinstance(facts, Mapping):
            raise RefusedError(422, UNKNOWN)
        if self._jobs.is_running:
            raise RefusedError(409, BUSY)
        try:
            self._changing.describe(doc_id, {str(key): str(value) for key, value in facts.items()})
        except LibraryError as error:
            raise RefusedError(422, str(error)) from error
        return self._begin("describe", self._changing.renew)

    def job(self) -> dict[str, Any]:
        """Return how the job is, or that there was none."""
        return {"job": self._jobs.record()}

    def stop(self) -> dict[str, Any]:
        """Stop the job."""
        self._jobs.stop()
        return self.job()

    def _with_files(self, what: str, batch: str, doc_id: str) -> dict[str, Any]:
        if what == "replace":
            self._known(doc_id)
        drop = self._uploads.take(batch)

        def work(job: Job) -> None:
            if what == "add":
                self._changing.add(drop, job)
            else:
                self._changing.replace(doc_id, drop, job)

        try:
            if what == "replace" and len(drop.named) != 1:
                raise RefusedError(422, ONE_FILE)
            return self._begin(what, work, lambda: self._uploads.remove(batch))
        except RefusedError:
            self._uploads.remove(batch)
            raise

    def _begin(
        self, what: str, work: Callable[[Job], None], end: Callable[[], None] = lambda: None
    ) -> dict[str, Any]:
        self._jobs.begin(what, work, end)
        return self.job()

    def _known(self, doc_id: str) -> None:
        if doc_id not in {text_of(item, "id") for item in self._changing.items()}:
            raise RefusedError(404, GONE)

    def _check(self) -> None:
        if self._changing.problem:
            raise RefusedError(409, self._changing.problem)
