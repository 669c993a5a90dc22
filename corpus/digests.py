"""The SHA-256 of a corpus file, which is opened only if that is safe."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CorpusError

if TYPE_CHECKING:
    from corpus.sources import Source

MAX_MIB = 64
"""Largest file that is read. A book of a thousand pages with its pictures is smaller; reading
takes several times as much memory, and a larger file is more likely there by mistake."""

_OTHER_KINDS = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}


def source_digest(path: Path, roots: tuple[Path, ...]) -> str:
    """Return the hex digest of a source file.

    Args:
        path: a corpus file or a link to one.
        roots: real folders; a link has to lead into one of them.

    Raises:
        CorpusError: if it is missing, a link that leads elsewhere, not a regular file, or too
            large.

    """
    try:
        if path.is_symlink() and not _leads_into(path, roots):
            what = "a link that leads out of the corpus"
        else:
            what = unfit(path)
        if not what:
            return file_digest(path)
    except OSError as error:
        raise CorpusError(
            f"{path}: cannot be read ({error.strerror}); put the file back "
            "or take its item out of sources.json"
        ) from error
    raise CorpusError(
        f"{path}: {what}; put the file itself there or take its item out of sources.json"
    )


def file_digest(path: Path) -> str:
    """Return the hex digest of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def corpus_digest(questions: Path, sources: Iterable[Source]) -> str:
    """Return one digest of documents and question bank; it changes whenever they do.

    Raises:
        CorpusError: if a file of the bank is not a regular file.

    """
    lines = sorted(
        " ".join(filter(None, (source.doc_id, source.sha256, source.pdf_sha256)))
        for source in sources
    )
    for path in sorted(questions.glob("*.jsonl")):
        if what := unfit(path):
            raise CorpusError(f"{path}: {what}; put the file itself there")
        lines.append(f"questions/{path.name} {file_digest(path)}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def unfit(path: Path) -> str:
    """Return why a file must not be opened (a pipe or device may never end); empty if it may.

    Raises:
        OSError: if it does not exist or cannot be inspected.

    """
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return f"{_OTHER_KINDS.get(stat.S_IFMT(status.st_mode), 'a device')}, not a regular file"
    mib = status.st_size / 1024**2
    return f"{mib:.1f} MiB, more than the {MAX_MIB} MiB allowed" if mib > MAX_MIB else ""


def _leads_into(link: Path, roots: tuple[Path, ...]) -> bool:
    target = Path(os.path.realpath(link, strict=True))
    return any(target.is_relative_to(root) for root in roots)
