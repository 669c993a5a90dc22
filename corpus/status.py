"""What has happened to a source since it was published: ``custom.status`` of its item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from corpus.dates import is_iso_date

Standing = Literal["retracted", "concern", "superseded", "corrected", "preprint"]
"""What an item may say of its source, the gravest first."""
Effect = Literal["retracts", "concerns", "supersedes", "corrects"]
"""What a notice does to another source; read from the notice itself, never from an item."""

_GRAVITY = (*get_args(Standing), *get_args(Effect))
_TEXTS = ("date", "doi", "document", "from")


@dataclass(frozen=True, slots=True)
class Status:
    """One thing that has happened to a source, or that it does to another one."""

    kind: Standing | Effect
    date: str = ""
    """When, as an ISO date, possibly without day or month; empty if not known."""
    doi: str = ""
    """Of the notice or the newer version, or of what a notice is about; empty if not known."""
    document: str = ""
    """Its doc_id, if it is in the library too."""
    origin: str = ""
    """Where this is known from: "Retraction Watch"; empty if somebody wrote it by hand."""
    label: str = ""
    """The label of ``document``."""


def status_of(custom: Mapping[str, Any]) -> tuple[Status, ...]:
    """Return what a checked ``custom`` says of its source, the gravest first."""
    written = custom.get("status", [])
    return by_gravity(Status(one["kind"], *(one.get(key, "") for key in _TEXTS)) for one in written)


def by_gravity(statuses: Iterable[Status]) -> tuple[Status, ...]:
    """Return statuses with the gravest first; those of one kind keep their order."""
    return tuple(sorted(statuses, key=lambda status: _GRAVITY.index(status.kind)))


def status_faults(written: object) -> Iterator[str]:
    """Yield what is wrong with the value of ``custom.status``."""
    if not isinstance(written, list):
        yield 'custom.status is not a list; write [{"kind": "retracted", "date": "2024-05-04"}]'
        return
    for number, one in enumerate(written, start=1):
        place = f"custom.status {number}"
        if not isinstance(one, dict):
            yield f'{place} is not an object; write {{"kind": "retracted", "date": "2024-05-04"}}'
        else:
            yield from (f"{place}: {fault}" for fault in _faults(one))


def _faults(one: Mapping[str, Any]) -> Iterator[str]:
    if one.get("kind") not in get_args(Standing):
        yield f"kind is none of {', '.join(get_args(Standing))}; write one of them"
    for key in _TEXTS:
        if not isinstance(one.get(key, ""), str):
            yield f"{key} is not text; write it in quotation marks"
    date = one.get("date", "")
    if isinstance(date, str) and date and not is_iso_date(date):
        yield "date is not a date; write it as 2024-06-19, 2024-06 or 2024"
