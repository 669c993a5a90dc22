"""Check an item of ``sources.json``: report every fault, in the order of its keys.

A fault is written for the owner of the corpus: which key, what is wrong, what to do.
"""

from __future__ import annotations

import re
import reprlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Literal, get_args

from corpus.dates import is_iso_date, iso_date
from corpus.status import status_faults

Audience = Literal["clinician", "patient"]

REQUIRED = ("id",)
OPTIONAL = ("title", "type", "container-title", "container-title-short", "publisher", "DOI", "URL")
CUSTOM_REQUIRED = ("file",)
CUSTOM_OPTIONAL = ("label", "audience", "evidence", "rights", "sha256", "revised", "pdf")
NAME_PARTS = (
    *("family", "given", "literal", "suffix"),
    *("dropping-particle", "non-dropping-particle"),
)

LONGEST_NAME = 255
"""In bytes: what file systems allow."""
SHA256 = re.compile(r"[0-9a-fA-F]{64}")

_KINDS = (
    *((bool, "true or false"), (str, "text"), (list, "a list"), (dict, "an object")),
    *((type(None), "null"), (object, "a number")),
)
_short = reprlib.Repr()
_short.maxstring = _short.maxother = 80


def item_faults(item: object) -> list[str]:
    """Return what is wrong with one item; empty if a source can be made from it."""
    if not isinstance(item, dict):
        return [f"is {kind_of(item)}, not an object; write it as corpus/README.md shows"]
    faults = [*_text_faults(item, "", REQUIRED, OPTIONAL), *_author_faults(item)]
    if "issued" in item and not _is_csl_date(item["issued"]):
        faults.append(
            f"issued {shown(item['issued'])} is not a date; write it as "
            '{"date-parts": [[2024, 6, 19]]}, without day or month if they are not known'
        )
    custom = item.get("custom")
    if not isinstance(custom, dict):
        state = f"is {kind_of(custom)}, not an object" if "custom" in item else "is missing"
        return [*faults, f"custom {state}; give it {', '.join(CUSTOM_REQUIRED)}"]
    return [*faults, *_custom_faults(custom), *_name_faults(item.get("id"), custom.get("file"))]


def is_safe_name(name: str) -> bool:
    """Whether this is the name of a file and nothing more, on every system and in a message."""
    return (
        PurePath(name).name == name == name.strip() != ""
        and "\\" not in name
        and not name.startswith(".")
        and name.isprintable()
        and len(name.encode()) <= LONGEST_NAME
    )


def shown(value: object) -> str:
    """Return a value for a message: short, and without characters that control a terminal."""
    return _short.repr(value)


def kind_of(value: object) -> str:
    """Return the JSON type of a value in words: "a list", "text"."""
    return next(name for kind, name in _KINDS if isinstance(value, kind))


def _custom_faults(custom: Mapping[str, Any]) -> Iterator[str]:
    yield from _text_faults(custom, "custom.", CUSTOM_REQUIRED, CUSTOM_OPTIONAL)
    yield from _pdf_faults(custom.get("pdf"), custom.get("file"))
    if not isinstance(custom.get("page_images", True), bool):
        yield f"custom.page_images is {kind_of(custom['page_images'])}; write true or false"
    audience, sha256, revised = (custom.get(key) for key in ("audience", "sha256", "revised"))
    if isinstance(audience, str) and audience.strip() and audience not in get_args(Audience):
        known = " or ".join(get_args(Audience))
        yield f"custom.audience is {shown(audience)}; write {known}"
    if isinstance(sha256, str) and not SHA256.fullmatch(sha256):
        yield (
            "custom.sha256 is not 64 hexadecimal digits; delete it, then run `quotewell list --pin`"
        )
    if isinstance(revised, str) and revised and not is_iso_date(revised):
        yield (
            f"custom.revised {shown(revised)} is not a date; "
            "write it as 2024-06-19, 2024-06 or 2024"
        )
    yield from status_faults(custom.get("status", []))


def _name_faults(doc_id: object, name: object) -> Iterator[str]:
    if not isinstance(name, str) or not name.strip():
        return
    if not is_safe_name(name):
        yield (
            f"custom.file {shown(name)} is not a plain file name; write the name that the file "
            "has in files/, in printable characters and without a folder"
        )
    elif isinstance(doc_id, str) and doc_id.strip() and PurePath(name).stem != doc_id:
        yield (
            f"id {shown(doc_id)} does not match custom.file {shown(name)}; "
            f"the id is the file's name without its extension: write {shown(PurePath(name).stem)}"
        )


def _pdf_faults(pdf: object, file: object) -> Iterator[str]:
    if not isinstance(pdf, str):
        return
    if not is_safe_name(pdf) or PurePath(pdf).suffix.lower() != ".pdf":
        yield (
            f"custom.pdf {shown(pdf)} is not the name of a PDF; write the name that the PDF of "
            "the document has in files/, or delete it"
        )
    elif pdf == file:
        yield "custom.pdf is custom.file itself; delete custom.pdf"


def _author_faults(item: Mapping[str, Any]) -> Iterator[str]:
    authors = item.get("author", [])
    if not isinstance(authors, list):
        yield f'author is {kind_of(authors)}, not a list; write [{{"family": …, "given": …}}]'
        return
    for number, author in enumerate(authors, start=1):
        name = f"author {number}"
        if not isinstance(author, dict):
            yield f'{name} is {kind_of(author)}, not an object; write {{"literal": …}}'
            continue
        yield from _text_faults(author, f"{name}: ", (), NAME_PARTS)
        if not author.get("family") and not author.get("literal"):
            yield f"{name} has neither family nor literal; give the name as one of them"


def _text_faults(
    holder: Mapping[str, Any], place: str, required: Sequence[str], optional: Sequence[str]
) -> Iterator[str]:
    for key in (*required, *optional):
        value = holder.get(key, "")
        if key in required and key not in holder:
            yield f"{place}{key} is missing; add it"
        elif not isinstance(value, str):
            yield f"{place}{key} is {kind_of(value)}, not text; write it in quotation marks"
        elif key in required and not value.strip():
            yield f"{place}{key} is empty; fill it in"


def _is_csl_date(value: object) -> bool:
    try:
        return bool(iso_date(value))
    except (ValueError, OverflowError):
        return False
