"""The parts of a document: sections, sentences and passages, all exact spans of one text.

An offset is a count of Unicode code points from the start of ``Document.text``: the index
Python uses for ``str``. A span is half-open, ``[start, end)``. There are no other offsets
except ``Run.source``, which counts the same way in ``Document.source``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from ingest.boxes import Boxes
from ingest.errors import OffsetError
from ingest.spans import Span as Span
from ingest.tables.parts import Table

SentenceKind = Literal["sentence", "item", "caption", "reference", "line", "row"]
"""A prose sentence; a list item; a figure's or table's whole caption; an entry of a reference list;
a line that is not prose (author, date, keywords); a row under a table's head. Headings are none."""

SeamKind = Literal["hyphen", "break", "caption", "notice", "link"]
"""What stood between two joined stretches: a hyphen at a line end, a page or column break,
a figure with its caption, a notice of the publisher (dates, address), or a link's brackets."""


@dataclass(frozen=True, slots=True)
class Run:
    r"""Where a stretch of the canonical text comes from in the source file.

    Where both spans have the same length, the characters correspond one by one. Where they do
    not, the whole run was rewritten (``$\alpha$`` as ``α``) and is never cut. A run is as long as
    it can be: it ends where the source skips something or is rewritten, or at a seam.
    """

    text: Span
    source: Span

    def source_of(self, span: Span) -> Span:
        """Return the part of ``source`` that the characters of ``span`` come from."""
        if len(self.text) != len(self.source):
            return self.source
        start = max(self.text.start, span.start) - self.text.start
        end = min(self.text.end, span.end) - self.text.start
        return Span(self.source.start + start, self.source.start + end)


@dataclass(frozen=True, slots=True)
class Seam:
    """A place where ingest joined two stretches that are apart in the source file."""

    offset: int
    """The first character after the seam."""
    kind: SeamKind


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading of any level."""

    doc_id: str
    headings: tuple[str, ...]
    """Heading trail, outermost first; empty for text before the first heading."""
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest unit that is ever quoted."""

    doc_id: str
    span: Span
    text: str
    kind: SentenceKind
    section: int
    """Position of its section in ``Document.sections``."""
    paragraph: int
    """Which paragraph, list or caption of its section it is in, from 1."""
    lead_in: Span | None = None
    """The sentence that introduces the list of an item, if any does; the head of a row's table."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A numbered entry of a document's reference list."""

    number: int
    span: Span
    text: str
    doi: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and what it stands for according to the document."""

    short: str
    long: str
    span: Span
    """Where the document says so."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the source file that is not content, and why."""

    source: Span
    text: str
    """What stands there; of XML, without its tags."""
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """The text of one source file, fixed when it is parsed and never edited."""

    doc_id: str
    """The file's name without its extension."""
    title: str
    text: str
    """What a person reads on the page, with ``"\\n"`` line ends. Quotes are slices of this."""
    source: str
    """The file as decoded, ``"\\n"`` line ends: what ``Run.source`` points into."""
    sha256: str
    """Hex digest of the source file's bytes."""
    runs: tuple[Run, ...]
    seams: tuple[Seam, ...]
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    references: tuple[Reference, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()
    keywords: tuple[Span, ...] = ()
    tables: tuple[Table, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    page_starts: tuple[int, ...] = ()
    """Offset in ``source`` at which each page begins, first page first; empty without pages."""
    is_ocr: bool = False
    """Whether a machine read the text from pictures of the pages: verbatim only of its reading."""
    cited: tuple[tuple[Span, tuple[int, ...]], ...] = ()
    """Places that cite entries of the reference list, and their numbers; if none, "[2]" cites."""
    related: tuple[tuple[str, str], ...] = ()
    """How it says it is related to other articles, and their addresses (``ingest.facts``)."""
    boxes: Boxes | None = field(default=None, compare=False, repr=False)
    """Where each character of ``source`` stands; None without pages. An index keeps them apart."""

    def quote(self, span: Span) -> str:
        """Return exactly the characters of ``span``, or raise an OffsetError if it is too long."""
        if span.end > len(self.text):
            raise OffsetError(
                f"{self.doc_id}: [{span.start}, {span.end}) runs past the end of the text "
                f"({len(self.text)} characters)"
            )
        return self.text[span.start : span.end]

    def page_of(self, offset: int) -> int | None:
        """Return the 1-based page that the character at ``offset`` is on, or None without pages."""
        # Through the source: a caption may come later in the text than in the source.
        if not self.page_starts or not self.runs:
            return None
        run = self.runs[max(self._run_at(offset), 0)]
        inside = offset - run.text.start if len(run.text) == len(run.source) else 0
        at = min(max(run.source.start + inside, run.source.start), run.source.end - 1)
        return max(bisect_right(self.page_starts, at), 1)

    def seams_in(self, span: Span) -> tuple[Seam, ...]:
        """Return the seams inside ``span``: the joins that a quote of it has to disclose."""
        return tuple(seam for seam in self.seams if span.start < seam.offset < span.end)

    def parts(self, span: Span) -> tuple[str, ...]:
        """Return the stretches of the source file that ``span`` holds, in order.

        There is one more than there are seams. Mark-up inside a stretch stays as it is in the file.
        """
        borders = [span.start, *(seam.offset for seam in self.seams_in(span)), span.end]
        return tuple(self._stretch(Span(start, end)) for start, end in pairwise(borders))

    def stretches(self, span: Span) -> tuple[Span, ...]:
        """Return where in the source the characters of ``span`` come from, in order."""
        pieces = []
        for at in range(max(self._run_at(span.start), 0), len(self.runs)):
            run = self.runs[at]
            if run.text.start >= span.end:
                break
            if run.text.overlaps(span):
                pieces.append(run.source_of(span))
        return tuple(pieces)

    def _stretch(self, span: Span) -> str:
        pieces = self.stretches(span)
        return self.source[min(p.start for p in pieces) : max(p.end for p in pieces)]

    def _run_at(self, offset: int) -> int:
        """Return the position of the last run that begins at or before ``offset``, or -1."""
        return bisect_right(self.runs, offset, key=lambda run: run.text.start) - 1


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is indexed and retrieved: consecutive whole sentences of one section."""

    doc_id: str
    headings: tuple[str, ...]
    span: Span
    text: str
    sentences: tuple[Sentence, ...]
    n_tokens: int
    """Length in tokens of the encoder that will embed it."""
    above: str = ""
    """Of rows of a table: its caption and head, to search for them by."""

    @property
    def passage_id(self) -> str:
        """Deterministic and readable: the document and the characters it covers."""
        return f"{self.doc_id}:{self.span.start}-{self.span.end}"
