"""CSL-JSON, and the JSON of Better BibTeX, which names the attached files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from library.errors import LibraryError
from library.exports.entry import Entry, clean
from library.proposal import date_parts, first_year

FIELDS = {
    "title": "title", "DOI": "DOI", "url": "URL", "volume": "volume", "issue": "issue",
    "pages": "page", "publicationTitle": "container-title", "publisher": "publisher",
    "journalAbbreviation": "container-title-short", "ISSN": "ISSN", "ISBN": "ISBN",
    "language": "language", "abstractNote": "abstract", "citationKey": "citation-key",
    "websiteTitle": "container-title", "bookTitle": "container-title", "place": "publisher-place",
    "proceedingsTitle": "container-title", "institution": "publisher", "series": "collection-title",
}  # fmt: skip
"""Zotero's names of fields, as Better BibTeX writes them, and those of CSL."""
TYPES = {
    "journalArticle": "article-journal", "webpage": "webpage", "report": "report", "book": "book",
    "bookSection": "chapter", "conferencePaper": "paper-conference", "thesis": "thesis",
    "preprint": "article", "document": "document", "newspaperArticle": "article-newspaper",
}  # fmt: skip
NO_DOCUMENTS = ("attachment", "note", "annotation")


def read_json(text: str, name: str) -> Iterator[Entry]:
    """Yield the entries of an export in JSON.

    Raises:
        LibraryError: if it is none.

    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise LibraryError(f"{name}: not JSON ({error}); export it again") from error
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        items = data["items"]
    elif isinstance(data, list) and all(isinstance(item, dict) for item in data):
        items = data
    else:
        raise LibraryError(
            f"{name}: holds no list of references; export the collection as CSL JSON"
        )
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict) and item.get("itemType") not in NO_DOCUMENTS:
            yield _entry(item, f"{name}, entry {number}")


def _entry(item: Mapping[str, Any], place: str) -> Entry:
    is_csl = "itemType" not in item
    found = item.get("attachments")
    paths = tuple(
        one["path"]
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, dict) and isinstance(one.get("path"), str)
    )
    return Entry(clean(item if is_csl else _of_zotero(item)), paths, place)


def _of_zotero(item: Mapping[str, Any]) -> dict[str, Any]:
    made = {FIELDS[key]: value for key, value in item.items() if key in FIELDS and value}
    made["type"] = TYPES.get(str(item.get("itemType")), "document")
    if year := first_year(str(item.get("date", ""))):
        made["issued"] = date_parts(year)
    creators = item.get("creators")
    for one in creators if isinstance(creators, list) else ():
        if isinstance(one, dict) and one.get("creatorType") in ("author", "editor"):
            made.setdefault(str(one["creatorType"]), []).append(_person(one))
    return made


def _person(creator: Mapping[str, Any]) -> dict[str, str]:
    family, given = creator.get("lastName"), creator.get("firstName")
    if family and given:
        return {"family": str(family), "given": str(given)}
    return {"literal": str(creator.get("name") or family or given or "")}
