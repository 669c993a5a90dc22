"""RIS, read by rispy: what Zotero, EndNote and the pages of journals export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import rispy
from rispy.config import LIST_TYPE_TAGS

from library.errors import LibraryError
from library.exports.entry import Entry, clean
from library.proposal import date_parts, first_year

FIELDS = {
    "DOI": ("doi",),
    "title": ("title", "primary_title"),
    "container-title": ("secondary_title", "journal_name", "alternate_title3"),
    "container-title-short": ("alternate_title2", "alternate_title1"),
    "volume": ("volume",),
    "issue": ("number",),
    "publisher": ("publisher",),
    "ISSN": ("issn",),
    "language": ("language",),
    "abstract": ("abstract", "notes_abstract"),
    "citation-key": ("label", "id"),
}
"""Keys of CSL and the names that rispy gives the tags, best first."""
TYPES = {
    "JOUR": "article-journal", "EJOUR": "article-journal", "MGZN": "article-magazine",
    "ELEC": "webpage", "WEB": "webpage", "RPRT": "report", "BOOK": "book", "CHAP": "chapter",
    "CONF": "paper-conference", "CPAPER": "paper-conference", "THES": "thesis", "UNPB": "article",
}  # fmt: skip
FILES = ("file_attachments1", "file_attachments2")


def read_ris(text: str, name: str) -> Iterator[Entry]:
    """Yield the entries of an export in RIS.

    Raises:
        LibraryError: if it holds none.

    """
    lines = "\n".join(text.splitlines())
    records: list[dict[str, Any]] = rispy.loads(lines, list_tags=[*LIST_TYPE_TAGS, "L1", "L2"])
    if not records:
        raise LibraryError(f"{name}: holds no references in RIS; export it again")
    for number, record in enumerate(records, start=1):
        paths = tuple(path for key in FILES for path in record.get(key, ()) if path)
        yield Entry(clean(_item(record)), paths, f"{name}, entry {number}")


def _item(record: Mapping[str, Any]) -> dict[str, Any]:
    item = {
        key: next((record[name] for name in names if record.get(name)), "")
        for key, names in FIELDS.items()
    }
    item["type"] = TYPES.get(record.get("type_of_reference", ""), "document")
    item["author"] = [
        _person(name) for key in ("first_authors", "authors") for name in record.get(key, ())
    ]
    dates = (record.get(key, "") for key in ("date", "year", "publication_year"))
    if found := next(filter(None, map(first_year, dates)), ""):
        item["issued"] = date_parts(found)
    first, last = record.get("start_page", ""), record.get("end_page", "")
    item["page"] = f"{first}-{last}" if first and last and first != last else first
    item["URL"] = next((url for url in record.get("urls", ()) if url), "")
    return item


def _person(name: str) -> dict[str, str]:
    family, given, *more = [*(part.strip() for part in name.split(",")), ""]
    suffix = {"suffix": more[0]} if more and more[0] else {}
    return {"family": family, "given": given, **suffix} if given else {"literal": family}
