"""Captions: a label and a number at the start of a paragraph, set off from the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.measures import Measures

LABEL = re.compile(
    r"(?:(?:supplementary|supplemental|additional|online)\s+)?"
    r"(?P<what>fig(?:ure)?s?\b\.?|tab(?:le)?s?\b\.?|box\b|scheme\b|chart\b|plate\b|graph\b)\s*[-–]?\s*"
    r"(?P<number>[A-Z]?\d{1,3}[A-Za-z]?\b|[IVX]{1,5}\b|[A-Z]\b)(?P<stop>\s*[.:|–—-])?",
    re.I,
)
SIZE_CHANGE = 0.4
"""Points between caption and text."""
NEAR = 1.7
"""In leadings: how far below its label alone on a line a caption begins."""
GAP = 1.35
"""In leadings: how far apart the lines of one caption are."""


def mark_captions(parts: Sequence[Part], measures: Measures) -> list[Part]:
    """Return the parts with captions marked, each as one part."""
    made: list[Part] = []
    for part in parts:
        if made and made[-1].kind == "caption" and _continues(made[-1], part, measures):
            made[-1].lines += part.lines
        else:
            if part.kind == "paragraph" and is_caption(part, measures):
                part.kind = "caption"
            made.append(part)
    return made


def is_caption(part: Part, measures: Measures) -> bool:
    """Whether a part begins with a label that stands out: by its stop or by its type."""
    label = LABEL.match(part.first.text)
    if label is None:
        return False
    rest = part.first.text[label.end() :].lstrip()
    if not rest:
        return len(part.lines) > 1 or label["stop"] is not None or _stands_out(part, measures)
    if label["stop"] and not rest[0].islower():
        return True
    return _stands_out(part, measures) and not rest[0].islower()


def _stands_out(part: Part, measures: Measures) -> bool:
    line = part.first
    return (
        abs(line.size - measures.size) > SIZE_CHANGE
        or (line.lead.is_bold and not measures.is_bold)
        or line.lead.is_italic
        or line.lead.font not in measures.fonts
        or line.text[:3].isupper()
    )


def _continues(caption: Part, part: Part, measures: Measures) -> bool:
    """Whether a part is more of the caption above it: after a label alone, or set just like it."""
    above, line = caption.last, part.first
    if part.kind != "paragraph" or LABEL.match(line.text):
        return False
    if (above.page, above.column) != (line.page, line.column) or line.base <= above.base:
        return False
    step = (line.base - above.base) / measures.leading(max(line.size, above.size))
    label = LABEL.fullmatch(caption.text.rstrip(" .:|"))
    if label and len(caption.lines) == 1:
        return step < NEAR and part.first.n_segments == 1
    if is_of_table(caption) or any(one.n_segments > 1 for one in part.lines):
        return False
    is_text = abs(line.size - measures.size) < SIZE_CHANGE and line.font in measures.fonts
    return step < GAP and abs(line.size - above.size) < SIZE_CHANGE and not is_text


def is_of_table(caption: Part) -> bool:
    """Whether a caption is a table's."""
    label = LABEL.match(caption.text)
    return label is not None and label["what"].lower().startswith("tab")
