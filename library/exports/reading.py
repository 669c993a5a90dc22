"""Exports of reference managers, by their endings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from corpus.digests import unfit
from library.errors import LibraryError
from library.exports.bibtex import read_bibtex
from library.exports.csl import read_json
from library.exports.entry import Entry
from library.exports.ris import read_ris

ENDINGS = frozenset({".json", ".bib", ".ris"})


@dataclass(frozen=True, slots=True)
class Export:
    """What an export holds."""

    path: Path
    entries: tuple[Entry, ...]
    faults: tuple[str, ...] = ()
    """What cannot be read of it, each ending with what to do."""


def is_export(path: Path) -> bool:
    """Whether a file's ending is one of a reference manager's exports."""
    return path.suffix.lower() in ENDINGS


def read_export(path: Path) -> Export:
    """Read the export of a reference manager.

    Raises:
        LibraryError: if it cannot be read, or holds no references.

    """
    text, suffix = _text(path), path.suffix.lower()
    if suffix == ".bib":
        entries, faults = read_bibtex(text, path.name)
        return Export(path, entries, faults)
    read = read_ris if suffix == ".ris" else read_json
    return Export(path, tuple(read(text, path.name)))


def _text(path: Path) -> str:
    try:
        if what := unfit(path):
            raise LibraryError(f"{path}: {what}; export it again")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise LibraryError(f"{path}: cannot be read ({error.strerror}); name a file") from error
    except UnicodeDecodeError as error:
        raise LibraryError(f"{path}: is not UTF-8; export it again, in UTF-8") from error
