"""The type of a page's characters, and what of the page they are clipped to."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any, TypeVar

import pypdfium2.raw as raw

from ingest.parsers.pdf.pages import Face
from ingest.parsers.pdf.pdfium.clips import Clips, Rectangle, address

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


class Styles:
    """The faces of a page: looked up once for each text object, where they are constant."""

    def __init__(self, handle: Any, clips: Clips, turn: int) -> None:  # noqa: ANN401
        self.faces: list[Face] = []
        self.clips: list[Rectangle] = []
        self._handle, self._clips, self._turn = handle, clips, turn
        self._of_object: dict[int | None, tuple[int, int]] = {}
        self._of_face: dict[Face, int] = {}
        self._of_clip: dict[Rectangle, int] = {}

    def at(self, at: int) -> tuple[int, int]:
        """Return the positions of the face and of the clip of the character at ``at``."""
        thing = raw.FPDFText_GetTextObject(self._handle, at)
        key = address(thing)
        known = self._of_object.get(key)
        if known is None:
            face, clip = self._face(at, thing), self._clips.of(thing)
            known = _place(face, self.faces, self._of_face), _place(clip, self.clips, self._of_clip)
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


T = TypeVar("T")


def _place(thing: T, things: list[T], places: dict[T, int]) -> int:
    """Return where a thing is in a list, after adding it if it is new."""
    place = places.setdefault(thing, len(things))
    if place == len(things):
        things.append(thing)
    return place


def _is_bold(name: str, flags: int, weight: int) -> bool:
    if BOLD_NAME.search(name):
        return True
    return not PLAIN_NAME.search(name) and bool(flags & FORCE_BOLD or weight >= BOLD_WEIGHT)
