"""The PDF of a document that was read from another file: where on its pages the text stands.

Text is read from JATS or HTML, which say what it is; the pages are those that people know. The two
are compared letter by letter: accents, case, spaces, digits and signs differ between them.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from ingest.boxes import Boxes, Mark
from ingest.document import Document, Span
from ingest.pages.places import marks_of

FEWEST = 12
"""Letters of what is looked for: fewer stand in many places."""
AROUND = (0, 40, 120)
"""Letters on each side that are looked at as well where the same words stand in several places."""


class Letters:
    """The letters of a text, without accents and in lower case, and where each comes from."""

    def __init__(self, text: str) -> None:
        folded = [_folded(code) for code in text]
        self.line = "".join(folded)
        lengths = np.fromiter(map(len, folded), dtype=np.int32, count=len(folded))
        self.at: NDArray[np.int64] = np.repeat(np.arange(len(text)), lengths)
        """Offset in the text of each letter: shape ``(len(line),)``."""

    def of(self, span: Span) -> tuple[int, int]:
        """Return from which to which letter a stretch of the text goes."""
        return bisect_left(self.at, span.start), bisect_left(self.at, span.end)


class Paper:
    """A document's PDF, in which its quotes are looked for. Threads can share it.

    Args:
        document: of which quotes are to be found.
        pdf: the PDF of the same paper as a document, with its boxes.
        boxes: of the PDF.

    """

    def __init__(self, document: Document, pdf: Document, boxes: Boxes) -> None:
        self.boxes = boxes
        self._pdf, self._text = pdf, document.text
        self._ours, self._read = Letters(document.text), Letters(pdf.text)
        self._whole = Letters(pdf.source)

    def marks(self, span: Span) -> tuple[Mark, ...]:
        """Return the rectangles over a stretch of the document's text.

        There are none where its letters do not stand on the pages in one piece, or in several
        places that what stands around them does not tell apart.
        """
        found = self._found(self._read, self._pdf.text, span)
        if found is not None:
            return marks_of(self._pdf, self.boxes, found)
        # What was left out of the PDF's text, or put elsewhere, is on its pages all the same.
        found = self._found(self._whole, self._pdf.source, span)
        return self.boxes.marks([found]) if found is not None else ()

    def _found(self, letters: Letters, text: str, span: Span) -> Span | None:
        first, last = self._ours.of(span)
        if last - first < FEWEST:
            return None
        for more in AROUND:
            begin, end = max(first - more, 0), last + more
            for start, stop in ((begin, end), (begin, last), (first, end)):
                place = _only(self._ours.line[start:stop], letters.line)
                if place is not None:
                    at = place + first - start
                    return self._with_edges(letters, text, span, at, at + last - first)
        return None

    def _with_edges(
        self, letters: Letters, text: str, span: Span, first: int, last: int
    ) -> Span | None:
        """Return the stretch from one letter to another, with the signs around it of the quote."""
        start, end = int(letters.at[first]), int(letters.at[last - 1]) + 1
        begin, stop = self._ours.of(span)
        before = _signs(self._text[span.start : int(self._ours.at[begin])])
        after = _signs(self._text[int(self._ours.at[stop - 1]) + 1 : span.end])
        while before and start and not _folded(text[start - 1]):
            start -= 1
            before -= not text[start].isspace()
        while after and end < len(text) and not _folded(text[end]):
            after -= not text[end].isspace()
            end += 1
        return Span(start, end)


def _only(wanted: str, line: str) -> int | None:
    """Return where the letters stand, if they stand in one place."""
    at = line.find(wanted)
    return at if at >= 0 and line.find(wanted, at + 1) < 0 else None


def _signs(text: str) -> int:
    return sum(not code.isspace() for code in text)


def _folded(code: str) -> str:
    if code.isascii():
        return code.lower() if code.isalpha() else ""
    decomposed = unicodedata.normalize("NFKD", code).lower()
    return "".join(one for one in decomposed if one.isalpha())
