"""Quotes as BibTeX, for a reference manager.

Quotes keep their characters, except that BibTeX reads any white space as one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from corpus.sources import Source
from ui.exports.people import date_parts, family_first
from ui.exports.selection import Selection, notes_by_source, one_line
from ui.facts import web_address
from ui.references import csl_item

_TYPES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "article-journal": (
        "article",
        {"journal": "container-title", "volume": "volume", "number": "issue", "pages": "page"},
    ),
    "webpage": ("misc", {"howpublished": "publisher"}),
    "report": (
        "techreport",
        {"institution": "publisher", "address": "publisher-place", "number": "number"},
    ),
}
"""The entry for each CSL type, and the CSL variable that each of its fields holds."""

_LIGATURE = re.compile(r"([-',])(?=\1)")
_LATEX: dict[str, str | int | None] = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "`": r"\textasciigrave{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    # Not \{ and \}: BibTeX counts a brace even after a backslash.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{mark: f"\\{mark}" for mark in "$&%#_"},
}


def to_bibtex(selection: Selection, sources: Mapping[str, Source]) -> str:
    """Write a BibTeX entry for each quoted source, with its quotes in the note."""
    entries = []
    for source, notes in notes_by_source(selection, sources):
        fields = [*_fields(source), ("note", bibtex_text("\n".join(notes)))]
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
        kind, _ = _TYPES[csl_item(source)["type"]]
        key = re.sub(r"[^A-Za-z0-9_:.-]+", "-", source.doc_id)
        entries.append(f"@{kind}{{{key},\n{lines}}}\n")
    return "\n".join(entries)


def bibtex_text(text: str) -> str:
    """Escape text so that LaTeX prints exactly its characters, except white space."""
    return _LIGATURE.sub(r"\1{}", one_line(text).translate(str.maketrans(_LATEX)))


def _fields(source: Source) -> Iterator[tuple[str, str]]:
    item = csl_item(source)
    year, month = [*date_parts(item), "", ""][:2]
    names = (_name(name) for name in item.get("author", []))
    yield "author", " and ".join(names)
    # A second pair of braces keeps the capitals of a title.
    yield "title", f"{{{bibtex_text(item['title'])}}}"
    for name, field in _TYPES[item["type"]][1].items():
        yield name, bibtex_text(item.get(field, ""))
    yield from (("year", year), ("month", month.lstrip("0")))
    yield from (("doi", _bare(item.get("DOI", ""))), ("url", _bare(web_address(item.get("URL")))))


def _name(name: Mapping[str, str]) -> str:
    text = bibtex_text(family_first(name))
    return f"{{{text}}}" if "literal" in name else text


def _bare(address: str) -> str:
    """Encode what would end a field that BibTeX takes as it stands."""
    return re.sub(r"[{}\\\s]", lambda mark: f"%{ord(mark[0]):02X}", address)
