"""What a new build takes over from the build in use: files that are linked, not written again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from index.errors import PassageIndexError
from index.manifest import Manifest, Origin, verify, wrong
from index.segments.entries import Entry, read_order
from index.segments.segment import Segment
from index.store import open_current, writing

ORDER, SEGMENTS = "order.json", "segments"
SPARSE, SPARSE_SENTENCES = "sparse", "sparse_sentences"
CHANGES = frozenset({"meta.json", ".managed.json"})
"""The lists of an index of words, which are the only files of it that change."""
STALE = 0.1
"""Share of removed rows from which the indexes of words are written anew: until then, how rare a
word is counts them too. Chosen by hand."""


class OldBuild:
    """The build in use, verified, as the start of a new one.

    Args:
        folder: its own.
        manifest: its own.

    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.manifest = folder, manifest
        self.order = read_order(folder / ORDER)
        self.segments = {path.name: Segment(path) for path in sorted((folder / SEGMENTS).iterdir())}
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

    @property
    def next_number(self) -> int:
        """A number greater than that of any document in it."""
        numbers = (e.number for segment in self.segments.values() for e in segment.entries)
        return max(numbers, default=-1) + 1

    def link(self, build: Path, names: Iterable[str]) -> dict[str, str]:
        """Link files into the same places of another build; return the digests of those linked.

        Args:
            build: the folder of the new build.
            names: of files or folders of this build.

        """
        carried = {}
        for path in self.manifest.files:
            if any(path == name or path.startswith(f"{name}/") for name in names):
                target = build / path
                with writing(target):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    if target.name not in CHANGES and _is_linked(self.folder / path, target):
                        carried[path] = self.manifest.files[path]
                    else:  # a copy is read and flushed like any new file
                        shutil.copyfile(self.folder / path, target)
        return carried


def open_old(folder: Path, origin: Origin) -> OldBuild | None:
    """Return the build in use, or None if there is none that can be built upon.

    Args:
        folder: of the index.
        origin: what it has to be built from, but for the corpus.

    """

    def load(build: Path) -> OldBuild:
        return OldBuild(build, verify(build, origin, any_corpus=True))

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
        rows: passages and sentences of the documents that are new.

    """
    sizes = {}
    for name, segment in old.segments.items():
        alive = sum(e.rows for e in segment.entries if live.get(e.doc_id) == name)
        sizes[name] = alive, sum(e.rows for e in segment.entries)
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
