"""The pages of a PDF by PDFium: characters, boxes, type. The one place that calls its raw API.

PDFium is not thread-safe, and it ends the process when it runs out of memory: call this in a
process of its own (``ingest.drafting.child``).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from ingest.errors import UnreadableFileError
from ingest.parsers.pdf.pages import Page
from ingest.parsers.pdf.pdfium.clips import EVERYWHERE, Clips, Rectangle
from ingest.parsers.pdf.pdfium.drawn import covered_by, image_share
from ingest.parsers.pdf.pdfium.shown import Shown
from ingest.parsers.pdf.pdfium.styles import Styles

MAX_PAGES = 1_000
MAX_CHARACTERS = 100_000
"""Of one page; the fullest of 627 real pages has 9,625."""

EMPTY = Page(
    number=0,
    start=0,
    width=612,
    height=792,
    text="",
    boxes=np.empty((0, 4)),
    bases=np.empty(0),
    faces=np.empty(0, dtype=np.int32),
    styles=(),
    unmapped=np.empty(0, dtype=bool),
    hyphens=np.empty(0, dtype=bool),
    clipped=np.empty(0, dtype=bool),
)
"""Stands for a page that cannot be read."""


def read_pages(data: bytes) -> tuple[Page, ...]:
    """Return the pages of a file.

    Raises:
        UnreadableFileError: if it is no PDF, needs a password, has no pages or too many.

    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(_why(error)) from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableFileError(
                f"has {len(document)} pages, more than {MAX_PAGES}; split the file"
            )
        pages = tuple(_pages(document))
    finally:
        document.close()
    if all(page.boxes is EMPTY.boxes for page in pages):
        raise UnreadableFileError("has no page that can be read; save or download it again")
    return pages


def _why(error: pypdfium2.PdfiumError) -> str:
    if "password" in str(error).lower():
        return "needs a password; save a copy without one"
    return "is damaged or not a PDF; save or download it again"


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Page]:
    start = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except pypdfium2.PdfiumError:
            yield replace(EMPTY, number=number, start=start)  # those after it keep their numbers
            continue
        read = _read(page, number, start)
        page.close()
        start += len(read.text)
        yield read


@dataclass(slots=True)
class _Sink:
    """The characters of a page while they are read."""

    codes: list[str] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    bases: list[tuple[float, float]] = field(default_factory=list)
    faces: list[tuple[int, int]] = field(default_factory=list)
    """Positions of face and clip."""
    unmapped: list[bool] = field(default_factory=list)
    hyphens: list[bool] = field(default_factory=list)

    def add(self, code: str) -> None:
        """Take a character that has no place."""
        self.codes.append(code)
        self.boxes.append((math.nan,) * 4)
        self.bases.append((math.nan, math.nan))
        self.faces.append((-1, -1))
        self.unmapped.append(False)
        self.hyphens.append(False)


def _read(page: pypdfium2.PdfPage, number: int, start: int) -> Page:
    turn = page.get_rotation()
    crop = page.get_cropbox()
    textpage = page.get_textpage()
    handle = textpage.raw
    styles = Styles(handle, Clips(page.raw), turn)
    sink = _Sink()
    count = raw.FPDFText_CountChars(handle)
    if count > MAX_CHARACTERS:
        raise UnreadableFileError(
            f"page {number + 1} has {count} characters, more than {MAX_CHARACTERS}; "
            "save the file again, or take that page out"
        )
    _characters(handle, count, styles, sink)
    shown = Shown(crop, turn)
    own = np.array(sink.boxes, dtype=np.float64).reshape(-1, 4)
    boxes = shown.boxes(own)
    faces = np.array(sink.faces, dtype=np.int32).reshape(-1, 2)
    read = Page(
        number=number,
        start=start,
        width=shown.width,
        height=shown.height,
        text="".join(sink.codes),
        boxes=boxes,
        bases=shown.bases(np.array(sink.bases, dtype=np.float64).reshape(-1, 2)),
        faces=faces[:, 0],
        styles=tuple(styles.faces),
        unmapped=np.array(sink.unmapped, dtype=bool),
        hyphens=np.array(sink.hyphens, dtype=bool),
        image_share=image_share(page, crop),
        clipped=_clipped(own, faces[:, 1], styles.clips),
        covered=(covered_by(page, shown, boxes) if any(s.is_white for s in styles.faces) else None),
    )
    textpage.close()
    return read


def _clipped(
    boxes: NDArray[np.float64], clips: NDArray[np.int32], rectangles: list[Rectangle]
) -> NDArray[np.bool_]:
    """Return which characters lie outside of what they are clipped to."""
    known = np.array([*rectangles, EVERYWHERE])[clips]
    across, up = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    found: NDArray[np.bool_] = (across < known[:, 0]) | (across > known[:, 2])
    return found | (up < known[:, 1]) | (up > known[:, 3])


def _characters(handle: Any, count: int, styles: Styles, sink: _Sink) -> None:  # noqa: ANN401
    """Fill the sink: one look at each character, with as few calls as will do."""
    unicode_of, is_generated = raw.FPDFText_GetUnicode, raw.FPDFText_IsGenerated
    loose, origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    is_unmapped = raw.FPDFText_HasUnicodeMapError
    rect, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    rect_at, x_at, y_at = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
    high = 0
    for at in range(count):
        code = unicode_of(handle, at)
        if code in (32, 13, 10) and is_generated(handle, at) == 1:
            if code != 13:
                sink.add(chr(code))
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        is_hyphen = code in (2, 0xFFFE) and raw.FPDFText_IsHyphen(handle, at) == 1
        sink.codes.append(_character(code, high, is_hyphen=is_hyphen))
        high = 0
        loose(handle, at, rect_at)
        origin(handle, at, x_at, y_at)
        sink.boxes.append((rect.left, rect.bottom, rect.right, rect.top))
        sink.bases.append((x.value, y.value))
        sink.faces.append(styles.at(at))
        sink.unmapped.append(is_unmapped(handle, at) == 1)
        sink.hyphens.append(is_hyphen)


def _character(code: int, high: int, *, is_hyphen: bool) -> str:
    """Return one code point; a half of a pair that lost the other is U+FFFD."""
    if is_hyphen:
        return "-"
    if 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd"
    return "\ufffd" if code in (0, 13, 10, 12) else chr(code)
