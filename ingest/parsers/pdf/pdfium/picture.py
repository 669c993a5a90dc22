"""A page of a PDF as a picture, by PDFium, with what a quote covers marked in it if wanted.

As for reading (``pdfium.reading``), this belongs into a process of its own.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from ingest.boxes import Mark
from ingest.errors import UnreadableFileError

MOST_PIXELS = 16_000_000
"""Of one picture: 48 MB while it is made. A page of A4 has 3.1 million at 1,440 pixels' width."""
LONGEST_SIDE = 16_000
"""Pixels; WebP has no more than 16,383."""
QUALITY, EFFORT = 80, 2
"""Of WebP, as Pillow counts them. Four pages of journals at 1,440 pixels take 140 to 390 kB and 0.1
to 0.2 s; as PNG 600 to 980 kB, and with 64 colours half of WebP, but then X-rays have steps."""
MARKED = (255, 226, 110)
BORDER = (150, 110, 0)
"""Colours of a mark, which is also bordered, so that it shows in grey."""


def open_pdf(data: bytes) -> pypdfium2.PdfDocument:
    """Return a file whose pages can be drawn.

    Raises:
        UnreadableFileError: if it is damaged, or needs a password.

    """
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError("cannot be opened; save or download it again") from error


def picture(
    document: pypdfium2.PdfDocument, number: int, width: int, marks: Sequence[Mark] = ()
) -> bytes:
    """Return a page as WebP.

    Args:
        document: from ``open_pdf``.
        number: of the page, from 1.
        width: in pixels; less is drawn of a page so long that it would have too many.
        marks: what is marked; those of other pages are left out.

    Raises:
        UnreadableFileError: if there is no such page, or it cannot be drawn.

    """
    if not 1 <= number <= len(document):
        raise UnreadableFileError(f"has no page {number}; choose one from 1 to {len(document)}")
    try:
        page = document[number - 1]
        across, down = page.get_size()
        drawn = page.render(scale=_scale(across, down, width)).to_pil().convert("RGB")
        page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFileError(f"page {number} cannot be drawn; open the file itself") from error
    made = io.BytesIO()
    _marked(drawn, [m for m in marks if m.page == number]).save(
        made, "WEBP", quality=QUALITY, method=EFFORT
    )
    return made.getvalue()


def _scale(across: float, down: float, width: int) -> float:
    """Return pixels for a point, so that a page has the width, but not too many pixels."""
    if not (math.isfinite(across * down) and across > 0 and down > 0):
        raise UnreadableFileError("has a page without a size; open the file itself")
    scale = min(
        width / across, math.sqrt(MOST_PIXELS / (across * down)), LONGEST_SIDE / max(across, down)
    )
    if min(across, down) * scale < 1:
        raise UnreadableFileError("has a page too long or too wide to draw; open the file itself")
    return scale


def _marked(drawn: Image.Image, marks: Sequence[Mark]) -> Image.Image:
    """Return the picture with the marks multiplied into it: letters stay black."""
    if not marks:
        return drawn
    over = Image.new("RGB", drawn.size, "white")
    brush, (width, height) = ImageDraw.Draw(over), drawn.size
    line = max(1, round(width / 700))
    for mark in marks:
        corners = (mark.left * width, mark.top * height, mark.right * width, mark.bottom * height)
        brush.rectangle([round(side) for side in corners], MARKED, BORDER, line)
    return ImageChops.multiply(drawn, over)
