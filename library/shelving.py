"""Put documents on the shelf: their files and items, some at a time, each change in one step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.changing import Change, apply
from corpus.checks import item_faults
from corpus.errors import CorpusError
from ingest.drafting.reading import Reading
from library import history
from library.catalogue import Catalogue
from library.outcomes import Outcome, Shelved
from library.proposal import Proposal

TOGETHER = 25
"""New documents that are listed in one step: the listing of a thousand takes 50 ms to write."""


class Shelf:
    """What a library has, what is about to be listed in it, and what was.

    Args:
        folder: of the corpus.

    Raises:
        CorpusError: if the listing cannot be read.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalogue = Catalogue(folder)
        self._files: dict[str, Path] = {}
        self._added: list[Mapping[str, Any]] = []
        self._waiting: list[Outcome] = []
        self._listed: list[Outcome] = []

    def take(self, outcome: Outcome) -> None:
        """Take what became of a file, to be told once it is so."""
        self._waiting.append(outcome)

    def listed(self, *, now: bool) -> Iterator[Outcome]:
        """Yield what has become true; with ``now``, what waits is listed first."""
        if now or not self._added or len(self._added) >= TOGETHER:
            self.flush()
        told, self._listed = self._listed, []
        yield from told

    def flush(self) -> None:
        """List what waits.

        Raises:
            CorpusError: if a file has changed since it was read; see ``corpus.changing.apply``.

        """
        files, added = self._files, tuple(self._added)
        waiting, self._waiting = self._waiting, []
        self._files, self._added = {}, []
        if added:
            apply(self.folder, Change(files, added=added))
        self._listed += waiting

    def add(self, name: str, path: Path, reading: Reading, proposal: Proposal) -> Shelved:
        """Make a file a document, called ``name``, that is listed with the next flush.

        Raises:
            CorpusError: if what is said of it cannot be listed.

        """
        digest = reading.document.sha256
        item = _item(proposal.item, name, digest)
        self._files[name] = path
        self._added.append(item)
        self.catalogue.put(item, [digest])
        return Shelved.of("added", path, item, reading, proposal)

    def put_pages(self, doc_id: str, path: Path, reading: Reading, proposal: Proposal) -> Shelved:
        """Put a PDF beside the text of a document, in place of the one that is there."""
        known, old = self.catalogue[doc_id], self.catalogue.pdf(doc_id)
        name = _other_name(f"{doc_id}.pdf", old)
        item = {**known, "custom": {**known["custom"], "pdf": name}}
        self._change(item, {name: path}, old, [reading.document.sha256])
        return Shelved.of("pages of", path, item, reading, proposal)

    def put_text(self, doc_id: str, path: Path, reading: Reading, proposal: Proposal) -> Shelved:
        """Read the text of a document from another file, with the PDF that it has for its pages."""
        known, pdf = self.catalogue[doc_id], self.catalogue.path(doc_id)
        name = f"{doc_id}{path.suffix.lower()}"
        item = _item(_with(known, proposal.item), name, reading.document.sha256)
        item["custom"]["pdf"] = pdf.name
        self._change(item, {name: path}, None, [reading.document.sha256])
        return Shelved.of("text of", path, item, reading, proposal)

    def replace(self, doc_id: str, path: Path, reading: Reading, proposal: Proposal) -> Shelved:
        """Put a new version in the place of a document's file; what was said of it stays."""
        known, old = self.catalogue[doc_id], self.catalogue.path(doc_id)
        name = f"{doc_id}{path.suffix.lower()}"
        item = _item(_with(known, proposal.item), name, reading.document.sha256)
        history.keep(self.folder, [old] if old.is_file() else [])
        gone = None if old.name == name else old
        self._change(item, {name: path}, gone, [reading.document.sha256])
        return Shelved.of("replaced", path, item, reading, proposal)

    def _change(
        self, item: Mapping[str, Any], files: Mapping[str, Path], old: Path | None, new: list[str]
    ) -> None:
        """Change a listed document at once; a file of it that goes is kept in the history."""
        self.flush()
        if old is not None and old.is_file():
            history.keep(self.folder, [old])
        gone = [old.name] if old is not None else []
        apply(self.folder, Change(files, gone, {item["id"]: item}))
        self.catalogue.put(item, new)


def _item(facts: Mapping[str, Any], name: str, digest: str) -> dict[str, Any]:
    """Return the item for a file with these facts.

    Raises:
        CorpusError: if it has a fault.

    """
    custom = {"file": name, "sha256": digest}
    rest = {key: value for key, value in facts.items() if key not in ("id", "custom")}
    own = {k: v for k, v in facts.get("custom", {}).items() if k not in ("file", "sha256", "pdf")}
    item = {"id": Path(name).stem, **rest, "custom": {**custom, **own}}
    if faults := item_faults(item):
        raise CorpusError(f"{name}: {faults[0]}")
    return item


def _with(known: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a document with what else is found added."""
    return {**found, **known, "custom": {**found.get("custom", {}), **known.get("custom", {})}}


def _other_name(name: str, old: Path | None) -> str:
    """Return a name for a PDF that is not the one which goes."""
    if old is None or old.name != name:
        return name
    return f"{Path(name).stem}_2.pdf"
