"""What is on a page but no running text: the cells of tables, the labels inside figures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.pdf.kinds.parts import Part
from ingest.parsers.pdf.layout.measures import Measures

SMALLER = 0.45
"""Points by which the type of tables and figures is smaller than the text's."""
PARTED = 0.5
"""Part of the lines that have gaps in them, in a table."""
NARROW = 0.6
"""Of its column's width: text fills more."""
TABLE, CONTENTS = "table or figure", "table of contents"
CONTINUED = re.compile(
    r"\(?(?:continued|contd?\.?)[\s):,.]*(?:of|from)?\s*(?:table|fig)"
    r"|\(?(?:table|fig(?:ure)?)\.?\s*\w{1,4}[\s.:,–—-]*\(?\s*(?:continued|contd?\b)",
    re.I,
)
"""What stands over the rest of a table whose caption is on an earlier page."""
ENDS = re.compile(r"[.!?:;][\"”’)\]\d,–-]*$")
"""How text ends, superscript citations included; cells of tables mostly do not."""
LEADERS = re.compile(r"(?:\.\s?){6,}\s*\d")
"""Dots that lead to a page number."""


def mark_asides(parts: Sequence[Part], measures: Measures) -> None:
    """Mark what is set like the inside of a table or figure."""
    with_floats = {part.first.page for part in parts if _opens_float(part)}
    for part in parts:
        if part.kind == "paragraph" and LEADERS.search(part.text):
            part.kind, part.reason = "aside", CONTENTS
        if part.kind != "caption" and CONTINUED.match(part.text):
            part.kind, part.reason = "aside", TABLE
        if (
            part.kind == "paragraph"
            and part.first.page in with_floats
            and _is_inside(part, measures)
        ):
            part.kind, part.reason = "aside", TABLE


def _opens_float(part: Part) -> bool:
    return part.kind == "caption" or CONTINUED.match(part.text) is not None


def _is_inside(part: Part, measures: Measures) -> bool:
    parted = sum(line.n_segments > 1 for line in part.lines) / len(part.lines)
    is_other = part.size < measures.size - SMALLER or all(
        line.font not in measures.fonts for line in part.lines
    )
    if parted >= PARTED and (is_other or len(part.lines) >= 3):
        return True
    is_short = part.fill < NARROW or len(part.text) < 60
    return is_other and (is_short or not ENDS.search(part.text))
