"""Correct what is said of a document: some facts of its item change, everything else stays."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.changing import Change, apply, settle
from corpus.checks import item_faults
from corpus.dates import is_iso_date, iso_date
from corpus.listing import LISTING, read_items, text_of
from library.adding import note
from library.errors import LibraryError
from library.proposal import bare_doi, date_parts

PLAIN = ("title", "container-title", "publisher", "DOI")
"""Facts that are keys of CSL-JSON, with a text each; "author" and "issued" are beside them."""
OWN = ("audience", "evidence", "rights", "label")
"""Facts that are keys of ``custom``."""
LONGEST = 4000
"""Characters of a fact; the authors of a large trial take 3,000 on a page."""

Item = Mapping[str, Any]


def facts_of(item: Item) -> dict[str, str]:
    """Return the facts of an item as a person writes them; those that are not known are empty.

    Authors are one per line, "Family, Given" or the name of an organisation; the date is ISO.
    """
    facts = {key: text_of(item, key) for key in PLAIN}
    facts |= {key: text_of(item, "custom", key) for key in OWN}
    facts["author"] = "\n".join(map(_line, item.get("author") or ()))
    facts["issued"] = iso_date(item["issued"]) if item.get("issued") else ""
    return facts


def describe(folder: Path, doc_id: str, facts: Mapping[str, str]) -> None:
    """Change facts of a document in one step; an empty one is taken out.

    Args:
        folder: of the corpus.
        doc_id: of the document.
        facts: as ``facts_of`` writes them; those that are not named stay.

    Raises:
        LibraryError: if there is no such document, or one of the facts cannot be.
        CorpusError: if the listing cannot be read or changed.
        OSError: if it cannot be written.

    """
    settle(folder)
    items = [one for one in read_items(folder / LISTING) if text_of(one, "id") == doc_id]
    if not items:
        raise LibraryError(f"there is no document {doc_id!r}; `quotewell list` shows the ids")
    (known,) = items
    item = changed(known, facts)
    if item != known:
        note(folder)
        apply(folder, Change(items={doc_id: item}))
        note(folder)


def changed(item: Item, facts: Mapping[str, str]) -> Item:
    """Return an item with other facts.

    Raises:
        LibraryError: if one of them cannot be.

    """
    before, new = facts_of(item), {**item, "custom": {**item["custom"]}}
    for key, text in facts.items():
        if key not in before:
            raise LibraryError(f"there is no fact {key!r}; choose among {', '.join(before)}")
        if len(text) > LONGEST:
            raise LibraryError(f"{key}: has more than {LONGEST:,} characters; shorten it")
        if _squeezed(text) != _squeezed(before[key]):
            _set(new, key, text)
    if faults := item_faults(new):
        raise LibraryError(faults[0])
    return new


def _set(item: dict[str, Any], key: str, text: str) -> None:
    """Set a fact of an item, or take it out if the text is blank."""
    holder = item["custom"] if key in OWN else item
    words = " ".join(text.split())
    if not words:
        holder.pop(key, None)
    elif key == "author":
        known = {_squeezed(_line(one)): one for one in item.get("author") or ()}
        lines = filter(None, map(_squeezed, text.splitlines()))
        item["author"] = [known.get(line) or _person(line) for line in lines]
    elif key == "issued":
        if not is_iso_date(words):
            raise LibraryError(f"{words!r} is not a date; write it as 2024, 2024-06 or 2024-06-19")
        item["issued"] = date_parts(words)
    else:
        holder[key] = bare_doi(words) if key == "DOI" else words


def _line(author: Mapping[str, str]) -> str:
    """Return an author as a line."""
    if author.get("literal"):
        return author["literal"]
    parts = (author.get("non-dropping-particle"), author.get("family"))
    family = " ".join(filter(None, parts))
    given = " ".join(filter(None, (author.get("given"), author.get("dropping-particle"))))
    return ", ".join(filter(None, (family, given, author.get("suffix"))))


def _person(line: str) -> dict[str, str]:
    family, _, given = (part.strip() for part in line.partition(","))
    return {"family": family, "given": given} if family and given else {"literal": line}


def _squeezed(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))
