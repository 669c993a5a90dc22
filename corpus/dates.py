"""Dates in CSL-JSON and in ISO 8601; month and day may be missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

ISO_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def iso_date(csl_date: object) -> str:
    """Return the first of a CSL date's ``date-parts`` in ISO 8601: "2024-06-19", "2024".

    Raises:
        ValueError: if it has no date-parts, or they are not those of a day, month or year.

    """
    ranges = csl_date.get("date-parts") if isinstance(csl_date, dict) else None
    first = ranges[0] if isinstance(ranges, list) and ranges else None
    if not isinstance(first, list):
        raise ValueError("no date-parts")
    return _iso([_number(part) for part in first])


def is_iso_date(text: str) -> bool:
    """Whether the text is a day, month or year: "2024-06-19", "2024-06", "2024"."""
    match = ISO_DATE.fullmatch(text)
    try:
        return bool(match and _iso([int(part) for part in match.groups() if part]))
    except ValueError:
        return False


def _number(part: object) -> int:
    """Return a year, month or day; some programs write it as text."""
    if isinstance(part, bool) or not isinstance(part, int | str):
        raise ValueError(f"{part!r} is not a number")
    return int(part)


def _iso(parts: Sequence[int]) -> str:
    if not 1 <= len(parts) <= 3:
        raise ValueError(f"{len(parts)} parts")
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day).isoformat()[: len("2024") + 3 * (len(parts) - 1)]
