"""Reference lists: which paragraphs are entries, and the numbers written before them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parsers.docx.kinds.part import Part
from ingest.references import is_reference_heading

NUMBER = re.compile(r"\s*(?:\[(\d{1,3})\]|\((\d{1,3})\)|(\d{1,3})[.)]|(\d{1,3})(?=\s))\s*")
TEXT = ("paragraph", "item")
ENOUGH = 2
"""Entries from which a rising row of numbers is believed."""
SKIPPED = 2
"""Numbers that the row may miss."""


def mark_entries(parts: Sequence[Part]) -> None:
    """Mark the entries under a heading that says references, and those of reference managers."""
    inside: list[Part] = []
    is_inside = False
    for part in parts:
        if part.kind == "heading":
            is_inside = is_reference_heading(part.text)
        elif is_inside and part.kind in TEXT and part.text:
            inside.append(part)
    _mark(inside)
    seen = set(map(id, inside))
    managed = (part for part in parts if part.paragraph.is_entry and part.text)
    _mark([part for part in managed if id(part) not in seen and part.kind in TEXT])


def _mark(parts: Sequence[Part]) -> None:
    """Mark the entries among the parts of a list: those with numbers if it has any, else all."""
    numbers = _written(parts)
    if numbers:
        for part, (number, skip) in zip(parts, numbers, strict=True):
            if number:
                part.kind, part.level, part.number, part.skip = "item", 1, number, skip
        return
    counted = [part for part in parts if part.paragraph.depth] or parts
    for number, part in enumerate(counted, start=1):
        part.kind, part.level, part.number = "item", 1, number


def _written(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Return the number typed before each part and its length, 0 without one; [] if none rise."""
    found: list[tuple[int, int]] = []
    expected = 1
    for part in parts:
        match = NUMBER.match("".join(part.paragraph.letters))
        number = int(next(one for one in match.groups() if one)) if match else 0
        if match and expected <= number <= expected + SKIPPED:
            found.append((number, match.end()))
            expected = number + 1
        else:
            found.append((0, 0))
    return found if expected > ENOUGH else []
