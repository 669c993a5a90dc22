"""The list of retractions that Retraction Watch publishes, as a CSV file: one event per line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from corpus.status import Standing
from library.errors import LibraryError

ORIGIN = "Retraction Watch"
COLUMNS = (
    *("RetractionDate", "RetractionDOI", "OriginalPaperDOI", "OriginalPaperPubMedID"),
    "RetractionNature",
)
"""Those of its twenty columns that are read."""
LONGEST = 2**20
"""Characters of a field: notes run to some thousands."""

Nature = Standing | Literal["reinstated"]
_NATURES: Mapping[str, Nature] = {
    "retraction": "retracted",
    "correction": "corrected",
    "expression of concern": "concern",
    "reinstatement": "reinstated",
}
_RESOLVER = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an article."""

    nature: Nature
    date: str
    """ISO; empty if not known."""
    notice: str
    """The DOI of its notice, folded; empty if not known."""
    addresses: tuple[str, ...]
    """The article's DOI, folded, and "PMID 123": those that are known."""


def read_events(path: Path) -> Iterator[Event]:
    """Yield the events of a file in UTF-8 or Latin-1; those of no known nature are left out.

    Raises:
        LibraryError: if it is not such a file.
        OSError: if it cannot be read.

    """
    csv.field_size_limit(LONGEST)
    rows = csv.DictReader(io.StringIO(_decoded(path.read_bytes()), newline=""))
    try:
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            raise LibraryError(
                f"{path}: has no column {', '.join(missing)}; "
                "give the CSV file of Retraction Watch as it is, with its first line"
            )
        for row in rows:
            nature = _NATURES.get((row["RetractionNature"] or "").strip().casefold())
            if nature:
                date, notice = _iso(row["RetractionDate"]), folded_doi(row["RetractionDOI"])
                yield Event(nature, date, notice, tuple(_addresses(row)))
    except csv.Error as error:
        raise LibraryError(
            f"{path}, line {rows.line_num}: not CSV ({error}); fetch the file again"
        ) from error


def folded_doi(text: str | None) -> str:
    """Return a DOI in lower case without the address of its resolver; empty if it is none."""
    doi = _RESOLVER.sub("", (text or "").strip()).casefold()
    return doi if doi.startswith("10.") else ""


def _addresses(row: Mapping[str, str | None]) -> Iterator[str]:
    if doi := folded_doi(row["OriginalPaperDOI"]):
        yield doi
    pmid = (row["OriginalPaperPubMedID"] or "").strip()
    if pmid.isdecimal() and int(pmid):  # 0 if not known
        yield f"PMID {int(pmid)}"


def _iso(text: str | None) -> str:
    """Return "5/4/2024 0:00", month first, as "2024-05-04"; empty if it is no date."""
    found = _DATE.match((text or "").strip())
    try:
        month, day, year = map(int, found.groups()) if found else (0, 0, 0)
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
