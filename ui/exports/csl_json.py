"""Quotes as CSL-JSON: what Zotero, Mendeley and pandoc read.

Quotes keep their characters. Only a line end becomes a space: programs take a line of a note that
begins with a name and a colon for a field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.sources import Source
from ui.exports.selection import Selection, notes_by_source, one_line
from ui.facts import web_address
from ui.references import csl_item


def to_csl_json(selection: Selection, sources: Mapping[str, Source]) -> str:
    """Write a list with an item for each quoted source, with its quotes in the note."""
    items = [_item(*each) for each in notes_by_source(selection, sources)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _item(source: Source, notes: Sequence[str]) -> dict[str, Any]:
    item = csl_item(source)
    if not web_address(item.get("URL")):
        item.pop("URL", None)
    return item | {"id": source.doc_id, "note": "\n".join(map(one_line, notes))}
