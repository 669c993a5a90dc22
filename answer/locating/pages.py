"""The pages of the documents: where on them a quote stands, and pictures of them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from answer.errors import NoPageError, PageError
from corpus.sources import Source
from index.retriever import BoxesById
from ingest.boxes import Boxes, Mark
from ingest.document import Document, Span
from ingest.errors import IngestError
from ingest.pages.drawing import Draughtsman
from ingest.pages.paper import Paper
from ingest.pages.places import PageShape, marks_of, page_shapes
from ingest.pipeline import ingest_bytes

WIDTHS = (640, 960, 1440, 2160)
"""Pixels that a page may be drawn across: on a phone, beside an answer, sharp there, enlarged. Few,
so that a page is drawn seldom and kept for the next visitor."""
MOST_KEPT = 64 * 2**20
"""Bytes of pictures that are kept: about 300 pages."""
MOST_PAPERS = 32
"""PDFs beside other files that are kept as read: about a megabyte each."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where on the pages of its document a quote stands."""

    pages: tuple[PageShape, ...]
    """All of the document, first page first."""
    marks: tuple[Mark, ...]
    """Rectangles over exactly the quote, in its order, one a line; none where its words are not
    found on the pages, which are from another file than the text, or in several places."""


class Pages:
    """The pages of documents, for those that have any. Threads can share it.

    Args:
        sources: of the documents, by doc_id.
        documents: by doc_id.
        boxes: where the characters of those read from a PDF stand.
        draughtsman: draws the pictures.

    """

    def __init__(
        self,
        sources: Mapping[str, Source],
        documents: Mapping[str, Document],
        boxes: BoxesById,
        draughtsman: Draughtsman,
    ) -> None:
        self._sources, self._documents, self._boxes = sources, documents, boxes
        self._draughtsman = draughtsman
        self._reading, self._keeping = Lock(), Lock()
        self._papers: OrderedDict[str, Paper | PageError] = OrderedDict()
        self._pictures: OrderedDict[tuple[object, ...], bytes] = OrderedDict()

    def digest(self, doc_id: str) -> str:
        """Return a hex digest of the PDF whose pages are shown and of the text marked on them.

        Raises:
            NoPageError: if the document has none.

        """
        pdf, text = self._pdf(doc_id)[1], self._documents[doc_id].text
        return hashlib.sha256(f"{pdf} {text}".encode()).hexdigest()

    def located(self, doc_id: str, span: Span) -> Located:
        """Return where on its pages a stretch of a document's text stands.

        Raises:
            NoPageError: if the document has no pages, or its text does not go so far.
            PageError: if the PDF beside its file cannot be read.

        """
        self._pdf(doc_id)
        document = self._documents[doc_id]
        if span.end > len(document.text):
            raise NoPageError(
                f"the text of {doc_id!r} has {len(document.text)} characters; ask for a stretch of "
                "it"
            )
        if self._sources[doc_id].pdf is not None:
            paper = self._paper(doc_id)
            return Located(page_shapes(paper.boxes), paper.marks(span))
        boxes = self._boxes_of(doc_id)
        return Located(page_shapes(boxes), marks_of(document, boxes, span))

    def kept(self, doc_id: str, number: int, width: int, span: Span | None) -> bytes | None:
        """Return a picture if it is there already."""
        with self._keeping:
            key = (self._pdf(doc_id)[1], number, width, span)
            if key in self._pictures:
                self._pictures.move_to_end(key)
            return self._pictures.get(key)

    def picture(self, doc_id: str, number: int, width: int, span: Span | None = None) -> bytes:
        """Return a page as WebP, drawn unless it is kept.

        Args:
            doc_id: of the document.
            number: of the page, from 1.
            width: one of ``WIDTHS``.
            span: of the document's text, to be marked; nothing if None.

        Raises:
            NoPageError: if there is no such page.
            PageError: if it cannot be drawn.

        """
        if (kept := self.kept(doc_id, number, width, span)) is not None:
            return kept
        path, digest = self._pdf(doc_id)
        boxes = self._paper(doc_id).boxes if self._sources[doc_id].pdf else self._boxes_of(doc_id)
        if not 1 <= number <= len(boxes.pages):
            raise NoPageError(f"{doc_id!r} has {len(boxes.pages)} pages; ask for one of them")
        marks = self.located(doc_id, span).marks if span else ()
        try:
            drawn = self._draughtsman.draw(_read(path, digest), digest, number, width, marks)
        except IngestError as error:
            raise PageError(f"{path.name}: {error}") from error
        with self._keeping:
            self._pictures[digest, number, width, span] = drawn
            while sum(map(len, self._pictures.values())) > MOST_KEPT:
                self._pictures.popitem(last=False)
        return drawn

    def _pdf(self, doc_id: str) -> tuple[Path, str]:
        source = self._sources.get(doc_id)
        pages = source.pages if source else None
        if pages is None or doc_id not in self._documents:
            raise NoPageError(
                f"there are no pages of {doc_id!r} to show; read its text"
                if source
                else f"there is no document {doc_id!r}; ask for one that was quoted"
            )
        return pages

    def _boxes_of(self, doc_id: str) -> Boxes:
        boxes = self._boxes.get(doc_id)
        if boxes is None:
            raise NoPageError(f"there are no pages of {doc_id!r} to show; read its text")
        return boxes

    def _paper(self, doc_id: str) -> Paper:
        """Return the PDF beside a document's file, read at the first time; so is why it is not."""
        path, digest = self._pdf(doc_id)
        with self._reading:
            if doc_id not in self._papers:
                self._papers[doc_id] = self._read_paper(doc_id, path, digest)
                while len(self._papers) > MOST_PAPERS:
                    self._papers.popitem(last=False)
            self._papers.move_to_end(doc_id)
            paper = self._papers[doc_id]
        if isinstance(paper, PageError):
            raise paper
        return paper

    def _read_paper(self, doc_id: str, path: Path, digest: str) -> Paper | PageError:
        try:
            pdf = ingest_bytes(doc_id, ".pdf", _read(path, digest), path.name)
        except IngestError as error:
            return PageError(str(error))
        if pdf.boxes is None:
            return NoPageError(f"{path.name}: has no pages; give the PDF of the paper")
        return Paper(self._documents[doc_id], pdf, pdf.boxes)


def _read(path: Path, digest: str) -> bytes:
    """Return the bytes that have the digest; nothing else is ever read or drawn."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise PageError(f"{path.name}: cannot be read; put the file back") from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise PageError(f"{path.name}: has changed; run `quotewell build`, then serve again")
    return data
