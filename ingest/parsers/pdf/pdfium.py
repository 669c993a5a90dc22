"""The pages of a PDF by PDFium: characters, boxes, type. The one place that calls its raw API.

PDFium is not thread-safe, and it ends the process when it runs out of memory: call this in a
process of its own (``ingest.child``).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from ingest.errors import UnreadableFileError
from ingest.parsers.pdf.pages import Face, Page

MAX_PAGES = 1_000
MAX_CHARACTERS = 100_000
"""Of one page; the fullest of 627 real pages has 9,625."""
SUBSET = re.compile(r"^[A-Z]{6}\+")
BOLD_NAME = re.compile(r"bold|black|heavy|semib|demi(?!ul)|[-_.,]b(?:d|i|it)?\d*$", re.I)
PLAIN_NAME = re.compile(r"regular|roman|book|light|[-_.](?:rg|lt|it|roma?)\d*$", re.I)
"""Names of plain type, whatever weight the file gives for it."""
ITALIC_NAME = re.compile(r"ital|obli|slant|[-_.,]b?it?\d*$", re.I)
FORCE_BOLD, ITALIC = 1 << 18, 1 << 6
"""Flags of a font descriptor (ISO 32000, table 121)."""
BOLD_WEIGHT = 600
INVISIBLE = 3
"""The text rendering mode that draws nothing."""
WHITE = 248
"""From this value of each colour on, of 255, text is not seen on paper."""
FAINT = 13
"""Below this opacity, of 255, it is not seen either."""


def read_pages(data: bytes) -> tuple[Page, ...]:
    """Return the pages of a file.

    Raises:
        UnreadableFileError: if it is no PDF, needs a password, or has more than ``MAX_PAGES``.

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
        return tuple(_pages(document))
    finally:
        document.close()


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
    faces: list[int] = field(default_factory=list)
    unmapped: list[bool] = field(default_factory=list)
    hyphens: list[bool] = field(default_factory=list)

    def add(self, code: str) -> None:
        """Take a character that has no place."""
        self.codes.append(code)
        self.boxes.append((math.nan,) * 4)
        self.bases.append((math.nan, math.nan))
        self.faces.append(-1)
        self.unmapped.append(False)
        self.hyphens.append(False)


def _read(page: pypdfium2.PdfPage, number: int, start: int) -> Page:
    turn = page.get_rotation()
    crop = page.get_cropbox()
    textpage = page.get_textpage()
    handle = textpage.raw
    styles = _Styles(handle, turn)
    sink = _Sink()
    count = raw.FPDFText_CountChars(handle)
    if count > MAX_CHARACTERS:
        raise UnreadableFileError(
            f"page {number + 1} has {count} characters, more than {MAX_CHARACTERS}; "
            "save the file again, or take that page out"
        )
    _characters(handle, count, styles, sink)
    shown = _Shown(crop, turn)
    boxes = shown.boxes(np.array(sink.boxes, dtype=np.float64).reshape(-1, 4))
    found = styles.faces
    read = Page(
        number=number,
        start=start,
        width=shown.width,
        height=shown.height,
        text="".join(sink.codes),
        boxes=boxes,
        bases=shown.bases(np.array(sink.bases, dtype=np.float64).reshape(-1, 2)),
        faces=np.array(sink.faces, dtype=np.int32),
        styles=tuple(found),
        unmapped=np.array(sink.unmapped, dtype=bool),
        hyphens=np.array(sink.hyphens, dtype=bool),
        image_share=_image_share(page, crop),
        covered=_covered(page, shown, boxes) if any(s.is_white for s in found) else None,
    )
    textpage.close()
    return read


def _characters(handle: Any, count: int, styles: _Styles, sink: _Sink) -> None:  # noqa: ANN401
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


class _Styles:
    """The faces of a page: looked up once for each text object, where they are constant."""

    def __init__(self, handle: Any, turn: int) -> None:  # noqa: ANN401
        self.faces: list[Face] = []
        self._handle, self._turn = handle, turn
        self._of_object: dict[int | None, int] = {}
        self._of_face: dict[Face, int] = {}

    def at(self, at: int) -> int:
        """Return the position of the face of the character at ``at``."""
        thing = raw.FPDFText_GetTextObject(self._handle, at)
        key = ctypes.cast(thing, ctypes.c_void_p).value
        known = self._of_object.get(key)
        if known is None:
            face = self._face(at, thing)
            known = self._of_face.setdefault(face, len(self.faces))
            if known == len(self.faces):
                self.faces.append(face)
            self._of_object[key] = known
        return known

    def _face(self, at: int, thing: Any) -> Face:  # noqa: ANN401
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._handle, at, ctypes.byref(matrix))
        name, flags = self._font(at)
        size = raw.FPDFText_GetFontSize(self._handle, at) * math.hypot(matrix.c, matrix.d)
        angle = round(math.degrees(math.atan2(matrix.b, matrix.a))) - self._turn
        weight = raw.FPDFText_GetFontWeight(self._handle, at)
        return Face(
            font=name,
            size=round(size, 2),
            is_bold=_is_bold(name, flags, weight),
            is_italic=bool(flags & ITALIC or ITALIC_NAME.search(name)),
            angle=(angle + 179) % 360 - 179,
            is_invisible=raw.FPDFTextObj_GetTextRenderMode(thing) == INVISIBLE,
            is_white=self._is_white(at),
        )

    def _font(self, at: int) -> tuple[str, int]:
        flags = ctypes.c_int()
        length = raw.FPDFText_GetFontInfo(self._handle, at, None, 0, ctypes.byref(flags))
        buffer = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFText_GetFontInfo(self._handle, at, buffer, length, ctypes.byref(flags))
        name = buffer.value.decode("utf-8", "replace")
        return SUBSET.sub("", name), max(flags.value, 0)

    def _is_white(self, at: int) -> bool:
        parts = [ctypes.c_uint() for _ in range(4)]
        raw.FPDFText_GetFillColor(self._handle, at, *(ctypes.byref(part) for part in parts))
        *colour, opacity = (part.value for part in parts)
        return min(colour) >= WHITE or opacity < FAINT


def _is_bold(name: str, flags: int, weight: int) -> bool:
    if BOLD_NAME.search(name):
        return True
    return not PLAIN_NAME.search(name) and bool(flags & FORCE_BOLD or weight >= BOLD_WEIGHT)


@dataclass(frozen=True, slots=True)
class _Shown:
    """From a page's own coordinates to the page as shown."""

    crop: tuple[float, float, float, float]
    turn: int
    """Degrees clockwise."""

    @property
    def width(self) -> float:
        """In points."""
        left, bottom, right, top = self.crop
        return right - left if self.turn % 180 == 0 else top - bottom

    @property
    def height(self) -> float:
        """In points."""
        left, bottom, right, top = self.crop
        return top - bottom if self.turn % 180 == 0 else right - left

    def points(self, x: NDArray[Any], y: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return where points of the page are shown."""
        across, down = x - self.crop[0], self.crop[3] - y
        if self.turn == 90:
            return self.width - down, across
        if self.turn == 180:
            return self.width - across, self.height - down
        if self.turn == 270:
            return down, self.height - across
        return across, down

    def boxes(self, boxes: NDArray[Any]) -> NDArray[Any]:
        """Return left, top, right, bottom of rectangles: shape ``(n, 4)``."""
        x0, y0 = self.points(boxes[:, 0], boxes[:, 3])
        x1, y1 = self.points(boxes[:, 2], boxes[:, 1])
        sides = [np.minimum(x0, x1), np.minimum(y0, y1), np.maximum(x0, x1), np.maximum(y0, y1)]
        return np.stack(sides, axis=1)

    def bases(self, origins: NDArray[Any]) -> NDArray[Any]:
        """Return how far from the top characters stand: shape ``(n,)``."""
        return self.points(origins[:, 0], origins[:, 1])[1]


def _image_share(page: pypdfium2.PdfPage, crop: tuple[float, float, float, float]) -> float:
    """Return the largest part of the page that one image covers."""
    whole = max((crop[2] - crop[0]) * (crop[3] - crop[1]), 1.0)
    shares = [0.0]
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = thing.get_bounds()
        shares.append(min((right - left) * (top - bottom) / whole, 1.0))
    return max(shares)


def _covered(page: pypdfium2.PdfPage, shown: _Shown, boxes: NDArray[Any]) -> NDArray[np.bool_]:
    """Return which characters lie on something that was filled with a colour, or on an image."""
    covered = np.zeros(len(boxes), dtype=bool)
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    for thing in page.get_objects(
        filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING],
        max_depth=3,
    ):
        if thing.type == raw.FPDF_PAGEOBJ_PATH and not _is_dark(thing):
            continue
        bounds = np.array([thing.get_bounds()], dtype=np.float64)
        left, top, right, bottom = shown.boxes(bounds)[0]
        inside_x = (middle[:, 0] >= left) & (middle[:, 0] <= right)
        covered |= inside_x & (middle[:, 1] >= top) & (middle[:, 1] <= bottom)
    return covered


def _is_dark(path: pypdfium2.PdfObject) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path.raw, ctypes.byref(mode), ctypes.byref(stroke))
    parts = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFPageObj_GetFillColor(path.raw, *(ctypes.byref(part) for part in parts))
    return mode.value != 0 and min(part.value for part in parts[:3]) < WHITE
