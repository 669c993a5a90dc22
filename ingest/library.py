"""All documents of a corpus: those that can be read, and the others with the reason."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Sequence

from corpus.errors import Skipped
from corpus.sources import Source
from ingest.document import Document
from ingest.errors import IngestError, UnreadableFileError
from ingest.pipeline import ingest_file

logger = logging.getLogger(__name__)


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
    for done, source in enumerate(sources, start=1):
        try:
            documents[source.doc_id] = _ingest(source)
        except IngestError as error:
            skipped.append(Skipped(source.doc_id, (str(error),)))
        # Documents stay: the garbage collector need not search them again and again, nor look
        # at everything older now.
        gc.collect(1)
        gc.freeze()
        if progress is not None:
            progress(done, len(sources))
    gc.unfreeze()
    return documents, tuple(skipped)


def _ingest(source: Source) -> Document:
    try:
        document = ingest_file(source.doc_id, source.path)
    except IngestError:
        raise
    except Exception as error:
        # A bug in a parser or a library; the other documents must not suffer from it.
        logger.debug("%s", source.path, exc_info=True)
        raise UnreadableFileError(
            f"{source.path}: the parser failed ({type(error).__name__}: {error}), which is a bug "
            "in Quotewell; report it, and take the file's item out of sources.json until it is "
            "fixed"
        ) from error
    if document.sha256 != source.sha256:
        raise UnreadableFileError(
            f"{source.path}: changed while it was being read; run `quotewell build` again"
        )
    return document
