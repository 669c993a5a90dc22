"""What all records of the JSON have in common, and the statuses of a source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, NonNegativeInt

from corpus.status import Effect, Standing, Status

Json = dict[str, Any]
Offsets = tuple[NonNegativeInt, NonNegativeInt]
"""Start and end in a document's canonical text, counted in code points; the end is exclusive."""


def without_titles(schema: Json) -> None:
    """Remove the titles that only repeat the names of the fields."""
    for field in schema.get("properties", {}).values():
        field.pop("title", None)


class Record(BaseModel):
    """An object of the JSON."""

    model_config = ConfigDict(
        frozen=True, use_attribute_docstrings=True, json_schema_extra=without_titles
    )


class SourceStatus(Record):
    """Something that has happened to a source since it was published, or that a notice does."""

    kind: Standing | Effect
    """`retracted`, `concern` (an expression of concern), `superseded`, `corrected`, `preprint`; and
    of a notice what it does: `retracts`, `concerns`, `supersedes`, `corrects`."""
    date: str
    """ISO date, possibly without day or month; empty if not known."""
    doi: str
    """Of the notice or the newer version, or of what a notice is about; empty if not known."""
    document: str
    """Its document's id, if the library has it; else empty."""
    known_from: str
    """Such as "Retraction Watch"; empty if somebody wrote it into the listing."""


def statuses(known: Iterable[Status]) -> tuple[SourceStatus, ...]:
    """Return what has happened to a source as data."""
    return tuple(
        SourceStatus(
            kind=one.kind,
            date=one.date,
            doi=one.doi,
            document=one.document,
            known_from=one.origin,
        )
        for one in known
    )
