"""An entry of a reference manager's export: a CSL item, and the files that belong to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from corpus.checks import item_faults
from corpus.listing import json_faults
from library.proposal import bare_doi, date_parts, first_year

TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]*)?>", re.I)
"""The mark-up that Zotero allows in titles."""
WEB = re.compile(r"(?:https?|ftp|zotero)://", re.I)
KEY = re.compile(r"[^\W\d_][\w-]{2,39}")
ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One document as an export describes it."""

    item: Mapping[str, Any]
    """In CSL-JSON, with all keys of the export."""
    attachments: tuple[str, ...]
    """As the export writes them: paths from its own folder, or addresses."""
    place: str
    """The export and where in it: "My Library.bib, smith2020"."""

    @property
    def export(self) -> str:
        """The name of the export."""
        return self.place.rpartition(", ")[0]

    @property
    def key(self) -> str:
        """The citation key, if it is one that people type; else empty."""
        key = self.item.get("citation-key")
        return key if isinstance(key, str) and KEY.fullmatch(key) else ""

    @property
    def has_files(self) -> bool:
        """Whether files of this machine are attached, there or not."""
        return not all(map(WEB.match, self.attachments))

    @property
    def name(self) -> str:
        """What people know it by."""
        title = self.item.get("title")
        return title if isinstance(title, str) and title else self.place


def clean(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item as ``sources.json`` can hold it: what it cannot is put right or left out.

    Mark-up in titles goes, a DOI loses its address, a date that is a text becomes one of numbers.
    """
    kept = {key: _plain(value) for key, value in item.items() if value not in (None, "", [])}
    if isinstance(doi := kept.get("DOI"), str):
        kept["DOI"] = bare_doi(doi)
    if "issued" in kept:
        kept |= _issued(kept.pop("issued"))
    if isinstance(authors := kept.get("author"), list):
        kept["author"] = [one for one in authors if _is_named(one)]
    if not isinstance(kept.get("custom", {}), dict):
        del kept["custom"]
    if "id" in kept:
        kept.setdefault("citation-key", kept["id"])
    whole = {"id": "x", "custom": {"file": "x.md"}}
    for key in [key for key in kept if key not in whole]:
        if item_faults({**whole, key: kept[key]}) or any(json_faults({key: kept[key]})):
            del kept[key]
    return {key: value for key, value in kept.items() if key != "id"}


def _issued(issued: object) -> dict[str, Any]:
    if isinstance(issued, dict) and "date-parts" not in issued:
        said = next((v for v in (issued.get("raw"), issued.get("literal")) if v), "")
        year = first_year(str(said))
        return {"issued": {**date_parts(year), **issued}} if year else {}
    return {"issued": issued}


def _is_named(author: object) -> bool:
    return isinstance(author, dict) and bool(author.get("family") or author.get("literal"))


def _plain(value: object) -> object:
    """Return a text without mark-up and halves of characters; anything else as it is."""
    if not isinstance(value, str):
        return value
    text = TAG.sub("", value).encode(errors="replace").decode()
    for entity, letter in ENTITIES.items():
        text = text.replace(entity, letter)
    return text
