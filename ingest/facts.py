"""What a source file says of itself: title, DOI, year and the rest, each with where it was read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a source, for a person to confirm."""

    name: str
    """As in CSL-JSON: "title", "DOI", "issued", "author" ("Family, Given", one fact for each),
    "container-title", "volume", "page" and so on; or "licence", "study", "article-type"; or how it
    is related to another article, whose address is the value: "corrects", "retracted by"."""
    value: str
    origin: str
    """Where it was read: "first page", "metadata", "front matter", "citation tags", "JSON-LD"."""
