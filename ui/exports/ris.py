"""Quotes as RIS, for a reference manager.

Quotes keep their characters. Only a line end becomes a space: a note is one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.sources import Source
from ui.exports.people import date_parts, family_first
from ui.exports.selection import Selection, notes_by_source, one_line
from ui.facts import web_address
from ui.references import csl_item

_TYPES = {"article-journal": "JOUR", "webpage": "ELEC", "report": "RPRT"}


def to_ris(selection: Selection, sources: Mapping[str, Source]) -> str:
    """Write a RIS record for each quoted source, with a note for each quote."""
    records = []
    for source, notes in notes_by_source(selection, sources):
        fields = [*_fields(source), *(("N1", note) for note in notes)]
        lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
        records.append("".join(f"{line}\r\n" for line in [*lines, "ER  - "]))
    return "\r\n".join(records)


def _fields(source: Source) -> Iterator[tuple[str, str]]:
    item = csl_item(source)
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    year, month, day_of_month = [*date_parts(item), "", "", ""][:3]
    yield "TY", _TYPES[item["type"]]
    yield "ID", source.doc_id
    for name in item.get("author", []):
        yield "AU", family_first(name)
    yield "TI", item["title"]
    yield "T2", item.get("container-title", "")
    yield "J2", item.get("container-title-short", "")
    yield "PY", year
    yield "DA", f"{year}/{month}/{day_of_month}/" if year else ""
    yield from (("VL", item.get("volume", "")), ("IS", item.get("issue", "")))
    yield from (("SP", first), ("EP", last), ("M1", item.get("number", "")))
    yield from (("CY", item.get("publisher-place", "")), ("PB", item.get("publisher", "")))
    yield from (("DO", item.get("DOI", "")), ("UR", web_address(item.get("URL"))))
