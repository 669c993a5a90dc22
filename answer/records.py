"""What all objects of an answer's JSON have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, NonNegativeInt

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
