"""What a new build takes over from the build in use: files that are linked, not written again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path

from index.errors import DamagedIndexError, PassageIndexError
from index.manifest import Manifest, Origin, bytes_of, check, compare, wrong
from index.segments.entries import Entry, Order, order_from_bytes
from index.segments.segment import ENTRIES, Segment
from index.store import open_current, writing
from ingest.document import Document

ORDER, SEGMENTS = "order.json", "segments"
SPARSE, SPARSE_SENTENCES = "sparse", "sparse_sentences"
CHANGES = frozenset({"meta.json", ".managed.json"})
"""The lists of an index of words, which are the only files of it that change."""
STALE = 0.1
"""Share of removed rows from which the indexes of words are written anew: until then, how rare a
word is counts them too. Chosen by hand."""


class OldBuild:
    """The build in use as the start of a new one.

    Its files have the sizes of the manifest, and a document is compared when it is read. What is
    linked is not read: damage inside stays, and is noticed by whoever reads it, or verifies all.

    Args:
        folder: its own.
        manifest: its own.
        beside: the names of files that later stages have in its segments.

    """

    def __init__(
        self, folder: Path, manifest: Manifest, beside: AbstractSet[str] = frozenset()
    ) -> None:
        self.folder, self.manifest = folder, manifest
        self.order = order_of(folder, manifest)
        self.segments = segments_of(folder, manifest, beside)
        if unknown := {name for _, name in self.order.documents} - self.segments.keys():
            raise wrong(folder / SEGMENTS / min(unknown), "is missing")

    @cached_property
    def entries(self) -> Mapping[str, tuple[Entry, Segment]]:
        """The documents in use by id, and the segments that they are in."""
        within = {
            name: {entry.doc_id: entry for entry in segment.entries}
            for name, segment in self.segments.items()
        }
        return {
            doc_id: (within[name][doc_id], self.segments[name])
            for doc_id, name in self.order.documents
        }

    def document(self, doc_id: str) -> Document:
        """Return a document in use.

        Raises:
            DamagedIndexError: if it was altered.

        """
        _, segment = self.entries[doc_id]
        return segment.document(segment.entries.places[doc_id])

    @property
    def next_number(self) -> int:
        """A number greater than that of any document in it."""
        numbers = (e.number for segment in self.segments.values() for e in segment.entries)
        return max(numbers, default=-1) + 1

    def compare(self, segment: Segment, names: Iterable[str]) -> None:
        """Compare files or folders of a segment with the manifest, to be written again.

        Raises:
            DamagedIndexError: if one was altered.

        """
        try:
            paths = [f"{SEGMENTS}/{segment.name}/{name}" for name in names]
            compare(self.folder, self.manifest, self._files(paths))
        except DamagedIndexError as error:  # another build would take over the same
            raise wrong(segment.folder, "was altered") from error

    def link(self, build: Path, names: Iterable[str]) -> dict[str, str]:
        """Link files into the same places of another build; return the digests of those linked.

        Args:
            build: the folder of the new build.
            names: of files or folders of this build.

        """
        carried = {}
        for path in self._files(names):
            target = build / path
            with writing(target):
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.name not in CHANGES and _is_linked(self.folder / path, target):
                    carried[path] = self.manifest.files[path]
                else:  # a copy is read and flushed like any new file
                    shutil.copyfile(self.folder / path, target)
        return carried

    def _files(self, names: Iterable[str]) -> list[str]:
        """Return the paths of the files of this build that have these names, or are in them."""
        roots = [(name, f"{name}/") for name in names]
        return [
            path
            for path in self.manifest.files
            if any(path == name or path.startswith(inside) for name, inside in roots)
        ]


def order_of(build: Path, manifest: Manifest) -> Order:
    """Return which documents a build is made of.

    Raises:
        DamagedIndexError: if the file that says so was altered.

    """
    return order_from_bytes(build / ORDER, bytes_of(build, manifest, ORDER))


def segments_of(
    build: Path, manifest: Manifest, beside: AbstractSet[str] = frozenset()
) -> dict[str, Segment]:
    """Return the segments of a build by name.

    Args:
        build: its folder.
        manifest: its own.
        beside: the names of files that later stages have in each segment.

    Raises:
        DamagedIndexError: if one is not as it was written, as far as that was read.

    """
    segments = {}
    for folder in sorted((build / SEGMENTS).iterdir()):
        entries = bytes_of(build, manifest, f"{SEGMENTS}/{folder.name}/{ENTRIES}")
        segments[folder.name] = Segment(folder, entries, beside)
    return segments


def open_old(
    folder: Path, origin: Origin, beside: AbstractSet[str] = frozenset()
) -> OldBuild | None:
    """Return the build in use, or None if there is none that can be built upon.

    Args:
        folder: of the index.
        origin: what it has to be built from, but for the corpus.
        beside: the names of files that later stages have in its segments.

    """

    def load(build: Path) -> OldBuild:
        return OldBuild(build, check(build, origin, any_corpus=True), beside)

    try:
        old = open_current(folder, load)
        return old if old.entries is not None else None
    except (PassageIndexError, OSError, KeyError):
        return None


def merged(old: OldBuild, live: Mapping[str, str], rows: int) -> list[Segment]:
    """Return the segments whose documents are better written again, with those that are new.

    A segment stays as it is while it is larger than all that is written: so a document is written
    again only when it comes into a segment twice as large, and there are few segments.

    Args:
        old: the build in use.
        live: the documents that are taken over, and the names of their segments.
        rows: passages of the documents that are new.

    """
    sizes = {}
    for name, segment in old.segments.items():
        alive = sum(e.rows for e in segment.entries if live.get(e.doc_id) == name)
        sizes[name] = alive, int(segment.first_row[-1])
    again = []
    for name in sorted(sizes, key=lambda name: sizes[name]):
        alive, stored = sizes[name]
        if alive and (alive <= rows or 2 * alive < stored):
            again.append(old.segments[name])
            rows += alive
    return again


def _is_linked(path: Path, target: Path) -> bool:
    """Link a file, and return whether this disk has links."""
    try:
        os.link(path, target)
    except OSError:
        return False
    return True
