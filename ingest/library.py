"""Many files: the readings of those that can be read, and the others with the reason."""

from __future__ import annotations

import gc
import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Skipped
from corpus.sources import Source
from ingest.document import Document
from ingest.drafting.child import Child
from ingest.drafting.kept import KeptReadings
from ingest.drafting.pool import Pool
from ingest.drafting.processor import cores
from ingest.drafting.reading import Reading, read_here
from ingest.errors import IngestError, UnreadableFileError
from ingest.pipeline import bytes_of, is_read_here, quotable

logger = logging.getLogger(__name__)

AHEAD = 8
"""Files that are read, or wait to be, beyond the one whose turn it is."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to read."""

    doc_id: str
    path: Path
    sha256: str = ""
    """Hex digest that its bytes must have; empty if any will do."""


def read_files(
    files: Iterable[File], kept: Path | None = None, processes: int | None = None
) -> Iterator[Reading | Skipped]:
    """Yield what was read from each file, or why it was not, in the order of the files.

    Args:
        files: each is opened only when it is about to be read.
        kept: the folder in which readings are kept (``index.store.kept_folder``): one that is
            there is not made again, and all that are made are put there; if None, none are.
        processes: children at most; one for each core if None.

    """
    keep = None if kept is None else KeptReadings(kept)
    waiting: deque[Callable[[], Reading | Skipped]] = deque()
    with Pool(processes or cores()) as pool:
        for file in files:
            waiting.append(_begun(file, keep, pool))
            if len(waiting) > AHEAD:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


def ingest_sources(
    sources: Sequence[Source], progress: Callable[[int, int], None] | None = None
) -> tuple[dict[str, Document], tuple[Skipped, ...]]:
    """Read every source file that can be read.

    Args:
        sources: of one corpus.
        progress: called with the number of files done and the total.

    Returns:
        The documents by id, in the order of their sources, and what was left out.

    """
    documents, skipped = {}, []
    for done, one in enumerate(read_files(files_of(sources)), start=1):
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            documents[one.document.doc_id] = one.document
        # Documents stay: the garbage collector need not search them again and again, nor look
        # at everything older now.
        gc.collect(1)
        gc.freeze()
        if progress is not None:
            progress(done, len(sources))
    gc.unfreeze()
    return documents, tuple(skipped)


def files_of(sources: Iterable[Source]) -> Iterator[File]:
    """Yield the files of a corpus."""
    return (File(source.doc_id, source.path, source.sha256) for source in sources)


def _begun(file: File, keep: KeptReadings | None, pool: Pool) -> Callable[[], Reading | Skipped]:
    """Begin to read a file, and return what waits for the result.

    A text of ordinary size harms nobody: it is read when its turn comes, in this process.
    """
    suffix = file.path.suffix.lower()
    if not is_read_here(suffix, _size(file.path)):
        return pool.submit(lambda child: _outcome(file, suffix, keep, child)).result
    return lambda: _outcome(file, suffix, keep, None)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # whoever reads it says what is wrong


def _outcome(
    file: File, suffix: str, keep: KeptReadings | None, child: Child | None
) -> Reading | Skipped:
    try:
        return quotable(_read(file, suffix, keep, child), str(file.path))
    except IngestError as error:
        return Skipped(file.doc_id, (str(error),))
    except Exception as error:
        logger.debug("%s", file.path, exc_info=True)
        fault = (
            f"{file.path}: the parser failed ({type(error).__name__}: {error}), which is a bug "
            "in Quotewell; report it, and take the file's item out of sources.json until it is "
            "fixed"
        )
        return Skipped(file.doc_id, (fault,))


def _read(file: File, suffix: str, keep: KeptReadings | None, child: Child | None) -> Reading:
    data = bytes_of(file.path)
    sha256 = hashlib.sha256(data).hexdigest()
    if file.sha256 and file.sha256 != sha256:
        raise UnreadableFileError(
            f"{file.path}: changed while it was being read; run `quotewell build` again"
        )
    found = keep and keep.get(file.doc_id, suffix, sha256)
    if found:
        return found
    read = child.read if child else read_here
    reading = read(file.doc_id, suffix, data, str(file.path))
    if keep:
        keep.put(suffix, reading)
    return reading
