"""A source as an entry in a reference list: Vancouver, AMA or APA, written by citeproc-py.

The styles in ``assets/styles`` are ours: what these three formats require for an article, a web
page and a report. Titles stay as the source writes them; no style changes their capitals.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from threading import Lock
from typing import Any, Literal

from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.formatter import plain
from citeproc.source.json import CiteProcJSON

from answer.quotes import Citation
from corpus.sources import Source
from ui.assets import ASSETS

Style = Literal["vancouver", "ama", "apa"]
STYLES: Mapping[Style, str] = {"vancouver": "Vancouver", "ama": "AMA", "apa": "APA"}
"""The name of each style, as shown."""

FOLDER = ASSETS / "styles"

_FIELDS = (
    *("title", "container-title", "container-title-short", "publisher", "publisher-place"),
    *("volume", "issue", "page", "number", "DOI", "URL"),
)
_NAME_PARTS = (
    *("family", "given", "literal", "suffix"),
    *("dropping-particle", "non-dropping-particle"),
)
_AFTER_MARK = re.compile(r"([?!])\. ")
"""A title that ends in a question mark needs no full stop after it."""

_rendering = Lock()
"""Held while rendering: citeproc-py keeps its state in the style itself."""


def reference(source: Source, style: Style = "vancouver") -> str:
    """Write the source as an entry in a reference list."""
    return _entry(json.dumps(csl_item(source), sort_keys=True), style)


def place_reference(citation: Citation, source: Source, style: Style = "vancouver") -> str:
    """Write the source as ``reference`` does, followed by the quote's place in it."""
    return f"{reference(source, style)} ({citation.locator})"


def csl_item(source: Source) -> dict[str, Any]:
    """Return the CSL item used to cite a source, reduced to the fields that our styles use.

    A web page is cited with the date of its last revision, everything else with its date of
    publication. A type of source that no style knows is cited as a report.
    """
    known = {field: _line(source.csl[field]) for field in _FIELDS if source.csl.get(field)}
    kind = source.csl.get("type") or ("article-journal" if source.doi else "webpage")
    if kind not in ("article-journal", "webpage"):
        kind = "report"
    container = "publisher" if kind == "report" else "container-title"
    defaults = {"DOI": source.doi, "URL": source.url, container: source.container}
    if kind == "webpage":
        defaults["publisher"] = source.container
    item: dict[str, Any] = {name: _line(value) for name, value in defaults.items() if value}
    item |= known | {"id": "source", "type": kind, "title": _line(source.name).rstrip(".")}
    if names := _names(source):
        item["author"] = names
    if dated := source.updated if kind == "webpage" else source.issued:
        item["issued"] = {"date-parts": [[int(part) for part in dated.split("-")]]}
    return item


def _names(source: Source) -> list[dict[str, str]]:
    listed = source.csl.get("author") or [{"literal": name} for name in source.authors]
    return [
        {part: _line(name[part]) for part in _NAME_PARTS if name.get(part)}
        if "literal" not in name
        else {"literal": _line(name["literal"])}
        for name in listed
    ]


def _line(value: object) -> str:
    return " ".join(str(value).split())


@lru_cache(maxsize=512)
def _entry(item: str, style: Style) -> str:
    with _rendering:
        bibliography = CitationStylesBibliography(
            _style(style), CiteProcJSON([json.loads(item)]), plain
        )
        bibliography.register(Cited([CitationItem("source")]))
        return _AFTER_MARK.sub(r"\1 ", str(bibliography.bibliography()[0]))


@cache
def _style(style: Style) -> CitationStylesStyle:
    # Validating against the CSL schema takes longer than everything else; a test does it.
    return CitationStylesStyle(str(FOLDER / f"{style}.csl"), validate=False)
