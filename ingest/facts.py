"""What a source file says of itself: title, DOI, year and the rest, each with where it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a source, for a person to confirm."""

    name: str
    """As in CSL-JSON: "title", "DOI", "issued", "author", "container-title", "volume", "page"; or
    "licence", "study"."""
    value: str
    origin: str
    """Where it was read: "first page", "XMP", "information", "front matter"."""
