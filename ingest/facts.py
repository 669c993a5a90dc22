"""What a source file says of itself: title, DOI, year and the rest, each with where it was read."""

from __future__ import annotations

from dataclasses import dataclass

RELATIONS = (
    *("corrects", "retracts", "is concerned about", "updates"),
    *("corrected by", "retracted by", "concern in", "updated by"),
)
"""Names of facts that say whether an article, or another one, still holds."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a source, for a person to confirm."""

    name: str
    """As in CSL-JSON: "title", "DOI", "issued", "author" ("Family, Given", one fact for each),
    "container-title", "volume", "page" and so on; or "licence", "study", "article-type"; or how it
    is related to another article, whose address is the value: one of ``RELATIONS``."""
    value: str
    origin: str
    """Where it was read: "first page", "metadata", "front matter", "citation tags", "JSON-LD"."""
