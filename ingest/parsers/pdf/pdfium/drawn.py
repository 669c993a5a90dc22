"""What is drawn under the text of a page: images, and shapes filled with a colour."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from ingest.parsers.pdf.pdfium.shown import Shown
from ingest.parsers.pdf.pdfium.styles import WHITE


def image_share(page: pypdfium2.PdfPage, crop: tuple[float, float, float, float]) -> float:
    """Return the largest part of the page that one image covers."""
    whole = max((crop[2] - crop[0]) * (crop[3] - crop[1]), 1.0)
    shares = [0.0]
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = thing.get_bounds()
        shares.append(min((right - left) * (top - bottom) / whole, 1.0))
    return max(shares)


def covered_by(page: pypdfium2.PdfPage, shown: Shown, boxes: NDArray[Any]) -> NDArray[np.bool_]:
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
