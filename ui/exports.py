"""Export an answer: Markdown to read, RIS and BibTeX for a reference manager.

Quotes keep their characters. Only a line end becomes a space where the format has none: RIS keeps
a note on one line, and BibTeX reads any white space as one space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from answer.quotes import Answer, Citation, Part
from corpus.sources import Source
from ui.facts import CLOSEST, NOT_FOUND, dated, day, named, newest_change, web_address
from ui.parts import said_read_as
from ui.references import Style, csl_item, place_reference

Format = Literal["markdown", "ris", "bibtex"]
FORMATS: Mapping[Format, str] = {"markdown": "Markdown", "ris": "RIS", "bibtex": "BibTeX"}
"""The name of each format, as shown."""

NOT_ADVICE = "Not medical advice."

_RIS_TYPES = {"article-journal": "JOUR", "webpage": "ELEC", "report": "RPRT"}
_BIBTEX_TYPES: Mapping[str, tuple[str, Mapping[str, str]]] = {
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

_MARKED = re.compile(r"[\\`*_{}\[\]<>&#~|$!^]|-(?=-)|(?<=-)-|:(?=[\w+-]+:)")
_OPENS_BLOCK = re.compile(r"^(\d*)([-+=.)])")
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


@dataclass(frozen=True, slots=True)
class File:
    """Text to be saved under a name."""

    name: str
    media_type: str
    text: str


def export(
    answer: Answer, sources: Mapping[str, Source], form: Format, style: Style = "vancouver"
) -> File:
    """Return an answer as a file; ``style`` is the citation style in Markdown."""
    if form == "ris":
        media_type = "application/x-research-info-systems"
        return File("quotewell.ris", media_type, to_ris(answer, sources))
    if form == "bibtex":
        return File("quotewell.bib", "application/x-bibtex", to_bibtex(answer, sources))
    return File("quotewell.md", "text/markdown", to_markdown(answer, sources, style))


def to_markdown(answer: Answer, sources: Mapping[str, Source], style: Style = "vancouver") -> str:
    """Write an answer as Markdown: each quote in a block of its own, its citation under it."""
    blocks = [f"# {markdown_text(_line(answer.question))}"]
    blocks += [f"**{markdown_text(notice.text)}**" for notice in answer.notices]
    if answer.read_as:
        blocks.append(markdown_text(_line(said_read_as(answer.read_as))))
    for part in answer.parts or (answer,):
        if answer.parts:
            blocks.append(f"## {markdown_text(_line(part.question))}")
        if answer.is_searched:
            blocks += _part_blocks(part, sources, style)
    return "\n\n".join([*blocks, "---", f"{_newest(sources)} {NOT_ADVICE}".lstrip()]) + "\n"


def _part_blocks(part: Answer | Part, sources: Mapping[str, Source], style: Style) -> Iterator[str]:
    if not part.is_found:
        yield NOT_FOUND
        yield from [CLOSEST] if part.related else []
    for citation in part.citations or part.related:
        cited = place_reference(citation, sources[citation.doc_id], style)
        yield _block_quote(citation.quote)
        yield from (
            markdown_text(_line(line)) for line in (dated(citation), named(citation)) if line
        )
        yield f"— {markdown_text(_line(cited))}"


def to_ris(answer: Answer, sources: Mapping[str, Source]) -> str:
    """Write a RIS record for each quoted source, with a note for each quote."""
    records = []
    for source, notes in _cited(answer, sources):
        fields = [*_ris_fields(source), *(("N1", note) for note in notes)]
        lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
        records.append("".join(f"{line}\r\n" for line in [*lines, "ER  - "]))
    return "\r\n".join(records)


def to_bibtex(answer: Answer, sources: Mapping[str, Source]) -> str:
    """Write a BibTeX entry for each quoted source, with its quotes in the note."""
    entries = []
    for source, notes in _cited(answer, sources):
        fields = [*_bibtex_fields(source), ("note", bibtex_text("\n".join(notes)))]
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
        kind, _ = _BIBTEX_TYPES[csl_item(source)["type"]]
        key = re.sub(r"[^A-Za-z0-9_:.-]+", "-", source.doc_id)
        entries.append(f"@{kind}{{{key},\n{lines}}}\n")
    return "\n".join(entries)


def markdown_text(line: str) -> str:
    """Escape a line so that Markdown shows exactly its characters."""
    body = line.strip(" ")
    escaped = _OPENS_BLOCK.sub(r"\1\\\2", _MARKED.sub(r"\\\g<0>", body)).replace("\t", "&#9;")
    before, _, after = line.partition(body) if body else (line, "", "")
    return "&#32;" * len(before) + escaped + "&#32;" * len(after)


def bibtex_text(text: str) -> str:
    """Escape text so that LaTeX prints exactly its characters, except white space."""
    return _LIGATURE.sub(r"\1{}", _line(text).translate(str.maketrans(_LATEX)))


def _block_quote(quote: str) -> str:
    # A backslash at the end of a line keeps the line break.
    return "> " + "\\\n> ".join(markdown_text(line) for line in quote.splitlines())


def _cited(answer: Answer, sources: Mapping[str, Source]) -> Iterator[tuple[Source, Sequence[str]]]:
    """Yield each quoted source with its notes: each of its quotes, and what was asked."""
    by_source: dict[str, list[Citation]] = {}
    for citation in answer.citations:
        by_source.setdefault(citation.doc_id, []).append(citation)
    asked = " ".join(f"“{turn}”" for turn in answer.read_as or [answer.question])
    about = f"Asked: {asked} {_newest(sources)}".rstrip()
    for doc_id, citations in by_source.items():
        yield sources[doc_id], [*map(_note, citations), f"{about} {NOT_ADVICE}"]


def _note(citation: Citation) -> str:
    beside = [line for line in (dated(citation), named(citation)) if line]
    return " ".join([f"Word for word: “{citation.quote}” ({citation.locator})", *beside])


def _ris_fields(source: Source) -> Iterator[tuple[str, str]]:
    item = csl_item(source)
    first, _, last = item.get("page", "").replace("–", "-").partition("-")
    year, month, day_of_month = [*_date(item), "", "", ""][:3]
    yield "TY", _RIS_TYPES[item["type"]]
    yield "ID", source.doc_id
    for name in item.get("author", []):
        yield "AU", _family_first(name)
    yield "TI", item["title"]
    yield "T2", item.get("container-title", "")
    yield "J2", item.get("container-title-short", "")
    yield "PY", year
    yield "DA", f"{year}/{month}/{day_of_month}/" if year else ""
    yield from (("VL", item.get("volume", "")), ("IS", item.get("issue", "")))
    yield from (("SP", first), ("EP", last), ("M1", item.get("number", "")))
    yield from (("CY", item.get("publisher-place", "")), ("PB", item.get("publisher", "")))
    yield from (("DO", item.get("DOI", "")), ("UR", web_address(item.get("URL"))))


def _bibtex_fields(source: Source) -> Iterator[tuple[str, str]]:
    item = csl_item(source)
    year, month = [*_date(item), "", ""][:2]
    names = (_bibtex_name(name) for name in item.get("author", []))
    yield "author", " and ".join(names)
    # A second pair of braces keeps the capitals of a title.
    yield "title", f"{{{bibtex_text(item['title'])}}}"
    for name, field in _BIBTEX_TYPES[item["type"]][1].items():
        yield name, bibtex_text(item.get(field, ""))
    yield from (("year", year), ("month", month.lstrip("0")))
    yield from (("doi", _bare(item.get("DOI", ""))), ("url", _bare(web_address(item.get("URL")))))


def _bibtex_name(name: Mapping[str, str]) -> str:
    text = bibtex_text(_family_first(name))
    return f"{{{text}}}" if "literal" in name else text


def _family_first(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    particle = name.get("non-dropping-particle") or name.get("dropping-particle", "")
    parts = (f"{particle} {name['family']}".strip(), name.get("suffix"), name.get("given"))
    return ", ".join(part for part in parts if part)


def _date(item: Mapping[str, Any]) -> list[str]:
    parts = item["issued"]["date-parts"][0] if "issued" in item else []
    return [f"{part:02d}" for part in parts]


def _bare(address: str) -> str:
    """Encode what would end a field that BibTeX takes as it stands."""
    return re.sub(r"[{}\\\s]", lambda mark: f"%{ord(mark[0]):02X}", address)


def _newest(sources: Mapping[str, Source]) -> str:
    newest = newest_change(sources.values())
    return f"Newest revision among the documents: {day(newest)}." if newest else ""


def _line(text: str) -> str:
    return " ".join(text.splitlines())
