"""Where on its page each character of a source file stands, and what of a page a quote covers."""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import IngestError

if TYPE_CHECKING:
    from ingest.document import Span

WHOLE = 65_535
"""A page's width and height in the units of ``Boxes.edges``: 0.01 pt of a page of paper."""
WORD_GAP = 1.5
"""In heights of a character: stretches of a line nearer than this are marked as one."""
HEAD = b"boxes 2\n"
"""How a file of boxes begins."""
EDGE_FORMAT = "<4H"
EDGE_BYTES = struct.calcsize(EDGE_FORMAT)
"""Of one character."""
SAME_LINE = 0.5
"""Part of the smaller height that two characters of one line have in common."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle on a page as it is shown; sides as parts of its width or height, from 0 to 1."""

    page: int
    """From 1."""
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Boxes:
    """The places of the characters of one source file; kept beside its document."""

    edges: bytes
    """For each character of the source left, top, right, bottom as little-endian uint16, all 0
    where it has no place; packed by zlib."""
    count: int
    """Of the characters."""
    page_starts: tuple[int, ...]
    """As ``Document.page_starts``."""
    pages: tuple[tuple[float, float], ...]
    """Width and height of each page as it is shown, in points."""
    labels: tuple[str, ...] = ()
    """What each page calls itself ("iv", "271"); empty if they are counted from 1."""

    def marks(self, spans: Iterable[Span]) -> tuple[Mark, ...]:
        """Return the rectangles over the characters of stretches of the source, one for each line.

        A letter that shares its box with others, as in a ligature, is marked with them.
        """
        made: list[Mark] = []
        for span in spans:
            for mark in self._of(span):
                if made and _touch(made[-1], mark, self._shape(mark.page)):
                    made[-1] = _around(made[-1], mark)
                else:
                    made.append(mark)
        return tuple(made)

    def _of(self, span: Span) -> Iterator[Mark]:
        edges = self._edges()[EDGE_BYTES * span.start : EDGE_BYTES * span.end]
        for at, sides in enumerate(struct.iter_unpack(EDGE_FORMAT, edges), start=span.start):
            if any(sides):
                yield Mark(bisect_right(self.page_starts, at), *(side / WHOLE for side in sides))

    def _edges(self) -> bytes:
        size = EDGE_BYTES * self.count
        return zlib.decompressobj().decompress(self.edges, max_length=size)

    def _shape(self, page: int) -> float:
        """Return a page's height over its width."""
        width, height = self.pages[page - 1]
        return height / width


def write_boxes(path: Path, boxes: Mapping[str, Boxes]) -> None:
    """Write the boxes of documents by id: for each a line of JSON, then its packed edges."""
    with path.open("wb") as file:
        file.write(HEAD)
        for doc_id, one in boxes.items():
            head = [doc_id, one.count, one.page_starts, one.pages, one.labels, len(one.edges)]
            file.write(json.dumps(head).encode() + b"\n" + one.edges)


class StoredBoxes:
    """The boxes in a file that ``write_boxes`` wrote, read when asked for. Threads can share it.

    The file is mapped: its boxes can be had when another build has taken the place of its own.

    Args:
        path: of the file.

    Raises:
        IngestError: if the file holds something else.

    """

    def __init__(self, path: Path) -> None:
        self._heads: dict[str, tuple[list[Any], int]] = {}
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            if self._data.readline() != HEAD:
                raise ValueError("not a file of boxes")
            while line := self._data.readline():
                head = json.loads(line)
                self._heads[head[0]] = (head, self._data.tell())
                self._data.seek(head[-1], 1)
        except (OSError, ValueError, TypeError, LookupError) as error:
            raise IngestError(f"{path}: cannot be read ({error}); run `quotewell build`") from error

    def get(self, doc_id: str, /) -> Boxes | None:
        """Return the boxes of one document, or None if it has no pages."""
        if doc_id not in self._heads:
            return None
        (_, count, starts, pages, labels, length), at = self._heads[doc_id]
        sizes = tuple((width, height) for width, height in pages)
        edges = self._data[at : at + length]
        return Boxes(edges, count, tuple(starts), sizes, tuple(labels))


def _touch(one: Mark, other: Mark, shape: float) -> bool:
    """Whether two rectangles stand near each other on one line."""
    if one.page != other.page:
        return False
    height = min(one.bottom - one.top, other.bottom - other.top)
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    if shared < SAME_LINE * height:
        return False
    gap = max(other.left - one.right, one.left - other.right)
    return gap < WORD_GAP * height * shape


def _around(one: Mark, other: Mark) -> Mark:
    return replace(
        one,
        left=min(one.left, other.left),
        top=min(one.top, other.top),
        right=max(one.right, other.right),
        bottom=max(one.bottom, other.bottom),
    )
