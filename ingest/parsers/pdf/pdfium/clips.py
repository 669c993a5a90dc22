"""What of the page text is clipped to: beyond it, nothing of the text is seen.

A figure is often a whole page of a manuscript, clipped to the figure; what stands around it there
is in the file and on no page. It is also a way to hide words.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in points, in the coordinates of the page."""
Matrix = tuple[float, float, float, float, float, float]

EVERYWHERE: Rectangle = (-1e9, -1e9, 1e9, 1e9)
SAME: Matrix = (1, 0, 0, 1, 0, 0)
DEPTH = 5
"""Forms inside forms that are looked into."""
MOST = 20_000
"""Objects inside the forms of a page that are looked at."""


class Clips:
    """The rectangles to which the objects of one page are clipped."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401
        self._placed: dict[int | None, tuple[Matrix, Rectangle]] = {}
        """Matrix and clip of the form around each object that is in one."""
        self._left = MOST
        for at in range(raw.FPDFPage_CountObjects(page)):
            thing = raw.FPDFPage_GetObject(page, at)
            if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
                self._enter(thing, SAME, EVERYWHERE, DEPTH)

    def of(self, thing: Any) -> Rectangle:  # noqa: ANN401
        """Return what an object is clipped to: the rectangle around its clip path."""
        matrix, around = self._placed.get(address(thing), (SAME, EVERYWHERE))
        return _within(around, _clip(thing, matrix))

    def _enter(self, form: Any, matrix: Matrix, around: Rectangle, depth: int) -> None:  # noqa: ANN401
        clip = _within(around, _clip(form, matrix))
        inner = _times(_matrix(form), matrix)
        for at in range(raw.FPDFFormObj_CountObjects(form)):
            self._left -= 1
            if self._left < 0:
                return
            thing = raw.FPDFFormObj_GetObject(form, at)
            self._placed[address(thing)] = (inner, clip)
            if depth and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
                self._enter(thing, inner, clip, depth - 1)


def address(thing: Any) -> int | None:  # noqa: ANN401
    """Return what tells one object of PDFium from another."""
    return ctypes.cast(thing, ctypes.c_void_p).value


def _matrix(thing: Any) -> Matrix:  # noqa: ANN401
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies first ``inner``, then ``outer``."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _clip(thing: Any, matrix: Matrix) -> Rectangle:  # noqa: ANN401
    path = raw.FPDFPageObj_GetClipPath(thing)
    found = EVERYWHERE
    for at in range(max(raw.FPDFClipPath_CountPaths(path), 0)):
        bounds = _bounds(path, at, matrix)
        if bounds is not None:
            found = _within(found, bounds)
    return found


def _bounds(path: Any, at: int, matrix: Matrix) -> Rectangle | None:  # noqa: ANN401
    x, y = ctypes.c_float(), ctypes.c_float()
    across, up = [], []
    a, b, c, d, e, f = matrix
    for part in range(max(raw.FPDFClipPath_CountPathSegments(path, at), 0)):
        segment = raw.FPDFClipPath_GetPathSegment(path, at, part)
        if raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            across.append(a * x.value + c * y.value + e)
            up.append(b * x.value + d * y.value + f)
    return (min(across), min(up), max(across), max(up)) if across else None


def _within(one: Rectangle, other: Rectangle) -> Rectangle:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
