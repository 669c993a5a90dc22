"""What is to be added: the files that were named, in folders and by exports, each once."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.parsers import PARSERS
from library.errors import LibraryError
from library.exports.attachments import BEST, choose
from library.exports.entry import Entry
from library.exports.reading import Export, is_export, read_export


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may become a document."""

    path: Path
    entry: Entry | None = None
    """What an export says of it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command names, looked through."""

    candidates: tuple[Candidate, ...]
    """JATS first, then the other kinds: so a paper's text is there when its PDF comes."""
    entries: tuple[Entry, ...]
    """Of exports, without files of their own: for files that are given along."""
    fileless: tuple[Entry, ...]
    """Those of them that were to be added themselves."""
    faults: tuple[str, ...]
    """What cannot be added, each ending with what to do."""


def look_through(
    named: Sequence[Path], exports: Sequence[Path] = (), folders: Sequence[Path] = ()
) -> Wanted:
    """Return the files to add.

    Args:
        named: files, folders and exports.
        exports: that describe the files named, and whose own files are not added.
        folders: in which the files of exports may lie, beside the export's own.

    """
    faults: list[str] = []
    files = list(_files(named, faults))
    read = [*_exports([p for p in files if is_export(p)], named, faults)]
    attached = [one for export in read for one in _attached(export, folders, faults)]
    candidates = {os.path.realpath(path): Candidate(path, entry) for path, entry in attached}
    for path in files:
        if not is_export(path):
            candidates.setdefault(os.path.realpath(path), Candidate(path))
    with_files = {entry.place for _, entry in attached}
    bare = [e for export in read for e in export.entries if e.place not in with_files]
    along = [e for export in _exports(exports, exports, faults) for e in export.entries]
    fileless = tuple(entry for entry in bare if not entry.has_files)
    ordered = sorted(candidates.values(), key=lambda one: _rank(one.path))
    return Wanted(tuple(ordered), (*bare, *along), fileless, tuple(faults))


def _files(named: Iterable[Path], faults: list[str]) -> Iterator[Path]:
    for path in named:
        if path.is_dir():
            yield from _inside(path, faults)
        else:
            yield path


def _inside(folder: Path, faults: list[str]) -> Iterator[Path]:
    """Yield the files in a folder and below that can be read; links are not followed."""
    others: Counter[str] = Counter()
    for parent, inner, names in os.walk(folder):
        inner[:] = sorted(one for one in inner if not one.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith(".") or path.is_symlink():
                continue
            if path.suffix.lower() in PARSERS or is_export(path):
                yield path
            else:
                others[path.suffix.lower() or "no ending"] += 1
    if others:
        kinds = ", ".join(f"{kind}: {count}" for kind, count in sorted(others.items()))
        faults.append(
            f"{folder}: holds files of kinds that are not read ({kinds}); "
            "save them as PDF or HTML if they belong here"
        )


def _exports(paths: Iterable[Path], named: Sequence[Path], faults: list[str]) -> Iterator[Export]:
    """Yield the exports; of a file that was not named itself, JSON may be anything else."""
    for path in paths:
        try:
            export = read_export(path)
        except LibraryError as error:
            if path in named or path.suffix.lower() != ".json":
                faults.append(str(error))
            continue
        faults += export.faults
        yield export


def _attached(
    export: Export, folders: Sequence[Path], faults: list[str]
) -> Iterator[tuple[Path, Entry]]:
    for entry in export.entries:
        chosen = choose(entry, [export.path.parent, *folders])
        faults += chosen.faults
        yield from ((path, entry) for path in chosen.files)


def _rank(path: Path) -> int:
    suffix = path.suffix.lower()
    kinds = [kind for kind in BEST if kind != ".pdf"] + [".pdf"]
    return kinds.index(suffix) if suffix in kinds else len(kinds)
