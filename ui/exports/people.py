"""Names and dates of a CSL item as reference managers want them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def family_first(name: Mapping[str, str]) -> str:
    """Return "Doe, Jane"; an organisation as it calls itself."""
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle") or name.get("dropping-particle", "")
    parts = (f"{particle} {name['family']}".strip(), name.get("suffix"), name.get("given"))
    return ", ".join(part for part in parts if part)


def date_parts(item: Mapping[str, Any]) -> list[str]:
    """Return year, month and day of publication, as many as are known, in two digits or four."""
    parts = item["issued"]["date-parts"][0] if "issued" in item else []
    return [f"{part:02d}" for part in parts]
