"""The files that an export names: where they are, and which of them is the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.parsers import PARSERS
from library.exports.entry import WEB, Entry

BEST = (".nxml", ".xml", ".pdf", ".docx", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt")
"""Kinds of files, the one that tells most of the document first. A snapshot comes after the PDF:
it is often of the page about the paper."""
SNAPSHOTS = (".html", ".htm", ".xhtml")
MARKED_UP = frozenset({".nxml", ".xml"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of an entry's attachments is read."""

    files: tuple[Path, ...]
    """The document; after a file in JATS, its PDF as well."""
    faults: tuple[str, ...]
    """Why others are not, each ending with what to do."""


def choose(entry: Entry, folders: Sequence[Path]) -> Chosen:
    """Return which attachments of an entry are read, and what is wrong with others.

    Args:
        entry: of an export.
        folders: the export's own comes first, against which paths are read; a file has to be in
            one of them once its links are followed, so that an export from elsewhere brings no
            file of this machine into the library.

    """
    placed = [(written, *_place(written, folders)) for written in entry.attachments]
    files = [path for _, path, fault in placed if path is not None and not fault]
    files.sort(key=lambda path: BEST.index(path.suffix.lower()))
    best = files[:1]
    needed = [(written, fault) for written, _, fault in placed if fault]
    if best and best[0].suffix.lower() not in SNAPSHOTS:
        needed = [(written, fault) for written, fault in needed if not _is_snapshot(written)]
    faults = [f"{entry.place}: {fault}" for _, fault in needed]
    if best and best[0].suffix.lower() in MARKED_UP:
        best += [path for path in files if path.suffix.lower() == ".pdf"][:1]
    faults += [f"{entry.place}: {_more(path)}" for path in _others(files, best)]
    return Chosen(tuple(best), tuple(faults))


def _others(files: Sequence[Path], chosen: Sequence[Path]) -> Iterator[Path]:
    """Yield what else there is but snapshots, which say nothing that the document does not."""
    for path in files:
        if path not in chosen and not _is_snapshot(path.name):
            yield path


def _is_snapshot(name: str) -> bool:
    return name.lower().endswith(SNAPSHOTS)


def _more(path: Path) -> str:
    return f"also has {path.name}, which was left out; add it by itself if it belongs here"


def _place(written: str, folders: Sequence[Path]) -> tuple[Path | None, str]:
    """Return where an attachment is, or None; and why it is not taken, empty if it is."""
    if WEB.match(written):
        return None, ""  # an address, from which nothing is fetched
    path = folders[0] / _local(written)
    try:
        real = path.resolve()
        is_there = real.is_file()
    except (OSError, ValueError, RuntimeError):
        return None, f"{written!r} is not a path; export it again"
    if path.suffix.lower() not in PARSERS:
        return None, f"{path.name} is of a kind that is not read; save it as PDF or HTML"
    if not any(real.is_relative_to(folder.resolve()) for folder in folders):
        return None, (
            f"{written} lies outside the export's folder; export with files, or give "
            f"`--files {real.parent}` to take files from there"
        )
    if not is_there:
        return None, f"{written} is not there; export again, with files"
    return path, ""


def _local(written: str) -> str:
    """Return a path as this system has it: not as a URL, nor with the slashes of Windows."""
    if written.lower().startswith("file:"):
        written = unquote(urlsplit(written).path)
    if not re.match(r"[A-Za-z]:[\\/]", written) and "/" not in written:
        written = written.replace("\\", "/")
    return written
