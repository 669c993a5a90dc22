"""BibTeX and BibLaTeX, read by bibtexparser, as Zotero, Better BibTeX and JabRef export them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.middlewares.names import (
    NameParts,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import DuplicateBlockKeyBlock, Field
from bibtexparser.model import Entry as Block

from library.errors import LibraryError
from library.exports.entry import Entry, clean
from library.proposal import date_parts, first_year

FIELDS = {
    "title": ("title",), "container-title": ("journaltitle", "journal", "booktitle"),
    "container-title-short": ("shortjournal",), "volume": ("volume",),
    "issue": ("issue", "number"), "publisher": ("publisher", "institution", "school"),
    "abstract": ("abstract",), "keyword": ("keywords",), "note": ("note",),
    "language": ("langid", "language"),
}  # fmt: skip
VERBATIM = {"DOI": "doi", "URL": "url", "ISSN": "issn", "ISBN": "isbn", "PMID": "pmid"}
"""Fields that are no LaTeX but for escaped signs."""
TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "book": "book",
    "incollection": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "online": "webpage", "electronic": "webpage",
}  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ESCAPED = re.compile(r"\\([_%&#$~ ])")
LATEX = re.compile(r"[\\{}$~^_]|--|``|''")
BARE_PERCENT = re.compile(r"(?<!\\)%")
"""Begins a comment in LaTeX, and is a percent sign to everybody who types it here."""
_decoding = LatexDecodingMiddleware(keep_math_mode=False)
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
logging.getLogger("bibtexparser").propagate = False  # faults are told by us


def read_bibtex(text: str, name: str) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Return the entries of an export in BibTeX and what is wrong with the others.

    Raises:
        LibraryError: if it holds none.

    """
    library = parse_string(text)
    blocks, faults = list(library.entries), []
    for failed in library.failed_blocks:
        inside = failed.ignore_error_block
        if isinstance(failed, DuplicateBlockKeyBlock) and isinstance(inside, Block):
            blocks.append(inside)
        else:
            line = (failed.start_line or 0) + 1
            faults.append(f"{name}, line {line}: is not an entry of BibTeX; export it again")
    if not blocks and not faults:
        raise LibraryError(f"{name}: holds no entries of BibTeX; export it again")
    return tuple(_entry(block, name) for block in blocks), tuple(faults)


def _entry(block: Block, name: str) -> Entry:
    raw = {field.key.lower(): str(field.value) for field in block.fields}
    item = clean({"id": block.key, **_item(block.entry_type.lower(), raw)})
    return Entry(item, tuple(paths_in(raw.get("file", ""))), f"{name}, {block.key}")


def _item(kind: str, raw: Mapping[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {key: _letters(raw, *names) for key, names in FIELDS.items()}
    item |= {key: ESCAPED.sub(r"\1", raw.get(name, "")) for key, name in VERBATIM.items()}
    item["type"] = TYPES.get(kind, "document")
    item["page"] = re.sub(r"\s*[-–—]+\s*", "-", _letters(raw, "pages"))
    item["author"] = list(_people(raw.get("author", "")))
    item["editor"] = list(_people(raw.get("editor", "")))
    if date := _date(raw):
        item["issued"] = date_parts(date)
    return item


def _date(raw: Mapping[str, str]) -> str:
    if date := first_year(raw.get("date", "")):
        return date
    year, month = first_year(raw.get("year", "")), raw.get("month", "").strip("{} ").lower()
    if month[:3] in MONTHS:
        return year and f"{year}-{MONTHS.index(month[:3]) + 1:02}"
    return year


def _letters(raw: Mapping[str, str], *names: str) -> str:
    return _decoded([next((raw[name] for name in names if raw.get(name)), "")])[0]


def _decoded(texts: Sequence[str]) -> list[str]:
    """Return texts of LaTeX as letters; one that is not LaTeX stays as it is."""
    fields = [Field(str(n), BARE_PERCENT.sub(r"\%", text)) for n, text in enumerate(texts)]
    marked = [field for field in fields if LATEX.search(str(field.value))]
    _decoding.transform_entry(Block("entry", "key", marked), Library())
    return [" ".join(str(field.value).split()) for field in fields]


def _people(names: str) -> Iterator[dict[str, str]]:
    for name in split_multiple_persons_names(" ".join(names.split())):
        if name == "others":
            continue
        if name.startswith("{") and name.endswith("}"):
            yield {"literal": _decoded([name])[0]}
        else:
            yield _person(parse_single_name_into_parts(name, strict=False))


def _person(parts: NameParts) -> dict[str, str]:
    joined = [" ".join(some) for some in (parts.last, parts.first, parts.von, parts.jr)]
    keys = ("family", "given", "non-dropping-particle", "suffix")
    known = {key: value for key, value in zip(keys, _decoded(joined), strict=True) if value}
    return known if len(known) > 1 else {"literal": next(iter(known.values()), "")}


def paths_in(field: str) -> Iterator[str]:
    r"""Yield the paths in a ``file`` field: "Full Text:files/1/a.pdf:application/pdf;b.pdf".

    Signs in it may be escaped: ``C\:\\papers\\a.pdf``.
    """
    for part in _split(field, ";"):
        pieces = _split(part, ":")
        if len(pieces) == 4 and len(pieces[1]) == 1:  # a drive of Windows, not escaped
            pieces = [pieces[0], f"{pieces[1]}:{pieces[2]}", pieces[3]]
        path = pieces[1] if len(pieces) == 3 else part
        if path.strip():
            yield re.sub(r"\\(.)", r"\1", path.strip())


def _split(text: str, at: str) -> list[str]:
    return re.split(rf"(?<!\\){re.escape(at)}", text)
