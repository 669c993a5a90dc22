"""What is proposed to be said of a new document: facts that it or an export gives, no others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.dates import ISO_DATE, is_iso_date, iso_date
from ingest.document import Document
from ingest.drafting.reading import Reading
from ingest.facts import Fact
from ingest.parsers.facts import study_in

PLAIN = (
    *("title", "DOI", "container-title", "publisher", "volume", "issue", "page"),
    *("ISSN", "language", "PMID", "PMCID"),
)
"""Facts that are keys of CSL-JSON, with a text each."""
SECTIONS = frozenset(
    ("abstract", "introduction", "background", "summary", "contents", "case report", "overview")
)
"""First headings that are no title, but name a part of what is under it."""
TELLING = 20
"""Letters and digits of a title from which it names one work: "Introduction" is that of many."""
PLAIN_FILES = frozenset({".md", ".markdown", ".txt"})
OWN = {"licence": "rights", "study": "evidence"}
"""Facts that are keys of ``custom``."""
FILE_NAME = re.compile(r".+ - (?P<year>(?:19|20)\d\d) - (?P<title>.+)")
"""How Zotero names files: "Tawbi et al. - 2017 - Title.pdf". Authors are left out, and titles
longer than its limit cut off."""
CUT = 80
"""Characters from which a title in a file's name may be cut off: Zotero's limit is 100."""
WANTED = ("title", "author", "issued", "container-title", "audience", "evidence", "rights")
"""What is asked for where it is missing, in this order."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a file says something else than the export that is believed."""

    key: str
    used: str
    file: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item of ``sources.json`` to be, with where each of its facts is from."""

    item: Mapping[str, Any]
    """Without id and file."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """By key of the item or of its ``custom``: "first page", "metadata", "My Library.bib"."""
    differences: Sequence[Difference] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys of ``WANTED`` that nothing is known of."""
        custom = self.item.get("custom", {})
        known = {key for key, value in (*self.item.items(), *custom.items()) if value}
        if "publisher" in known:
            known.add("container-title")
        return tuple(key for key in WANTED if key not in known)

    def given(self, answers: Mapping[str, Any], origin: str) -> Proposal:
        """Return the proposal with what a person said added."""
        own = {key: value for key, value in answers.items() if key in WANTED[4:]}
        plain = {key: value for key, value in answers.items() if key not in own}
        custom = {**self.item.get("custom", {}), **own}
        item = {**self.item, **plain, **({"custom": custom} if custom else {})}
        return Proposal(item, {**self.origins, **dict.fromkeys(answers, origin)}, self.differences)


def propose(
    reading: Reading, path: Path, exported: Mapping[str, Any] | None = None, export: str = ""
) -> Proposal:
    """Return what a file says of itself, or an export says of it where there is one.

    Args:
        reading: of the file.
        path: of the file, whose name is looked at last.
        exported: the item of the file in an export, already clean.
        export: the export's name, for people.

    """
    said = dict(_items_of([*reading.facts, *_headed(reading.document, path), *_named(path)]))
    taken = {key: (value, export) for key, value in (exported or {}).items() if key != "custom"}
    custom = dict((exported or {}).get("custom") or {})
    item = {key: value for key, (value, _) in {**said, **taken}.items() if key not in OWN.values()}
    origins = {key: origin for key, (_, origin) in {**said, **taken}.items()}
    custom = {key: said[key][0] for key in OWN.values() if key in said} | custom
    if custom:
        item["custom"] = custom
    return Proposal(item, origins, tuple(_differences(taken, said)))


def doi_of(item: Mapping[str, Any]) -> str:
    """Return the DOI of an item in the form in which two are compared; empty without one."""
    doi = item.get("DOI")
    return bare_doi(doi).casefold() if isinstance(doi, str) else ""


def bare_doi(doi: str) -> str:
    """Return a DOI without the address of its resolver."""
    return re.sub(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*", "", doi.strip(), flags=re.I)


def title_of(item: Mapping[str, Any]) -> str:
    """Return an item's title in the form in which two are compared; empty if it says too little."""
    title = item.get("title")
    folded = unicodedata.normalize("NFKD", title).casefold() if isinstance(title, str) else ""
    same = "".join(letter for letter in folded if letter.isalnum())  # "part 1" is not "part 2"
    return same if len(same) >= TELLING else ""


def date_parts(date: str) -> dict[str, list[list[int]]]:
    """Return an ISO date, possibly without day or month, as CSL-JSON has it."""
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def _items_of(facts: Iterable[Fact]) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Yield each key with its value and origin, the first of each name only."""
    seen: dict[str, tuple[Any, str]] = {}
    authors: list[dict[str, str]] = []
    for fact in facts:
        if fact.name == "author":
            authors.append(_person(fact.value))
            seen.setdefault("author", (authors, fact.origin))
        elif fact.name == "issued" and is_iso_date(fact.value):
            seen.setdefault("issued", (date_parts(fact.value), fact.origin))
        elif fact.name in PLAIN:
            seen.setdefault(fact.name, (" ".join(fact.value.split()), fact.origin))
        elif fact.name in OWN:
            seen.setdefault(OWN[fact.name], (fact.value, fact.origin))
    if "container-title" in seen and "type" not in seen:
        seen["type"] = ("article-journal", seen["container-title"][1])
    yield from seen.items()


def _person(name: str) -> dict[str, str]:
    family, _, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if family and given else {"literal": name.strip()}


def _headed(document: Document, path: Path) -> Iterator[Fact]:
    """Yield the title of a plain file, which says nothing of itself: its first heading."""
    headings = document.sections[0].headings if document.sections else ()
    is_title = headings and headings[0].casefold().strip(" :") not in SECTIONS
    if path.suffix.lower() in PLAIN_FILES and is_title:
        yield Fact("title", document.title, "first heading")
        if study := study_in(document.title):
            yield Fact("study", study, "first heading")


def _named(path: Path) -> Iterator[Fact]:
    if match := FILE_NAME.fullmatch(path.stem):
        yield Fact("issued", match["year"], "file name")
        if len(match["title"]) < CUT:
            yield Fact("title", match["title"], "file name")


def _differences(
    taken: Mapping[str, tuple[Any, str]], said: Mapping[str, tuple[Any, str]]
) -> Iterator[Difference]:
    for key, same in (("DOI", doi_of), ("title", title_of), ("issued", year_of)):
        if key not in taken or key not in said or said[key][1] == "file name":
            continue
        used, file = ({key: values[key][0]} for values in (taken, said))
        if not are_same(same(used), same(file), by_start=key == "title"):
            yield Difference(key, shown(used, key), shown(file, key))


def are_same(one: str, other: str, *, by_start: bool) -> bool:
    """Whether two values agree; a title does, too, with one that is cut off."""
    shorter, longer = sorted((one, other), key=len)
    return not shorter or (longer.startswith(shorter) if by_start else longer == shorter)


def year_of(item: Mapping[str, Any]) -> str:
    """Return the year of an item; empty if it has none."""
    return shown(item, "issued")[:4]


def shown(item: Mapping[str, Any], key: str) -> str:
    """Return a value of an item as people read it."""
    value = item.get(key, item.get("custom", {}).get(key, ""))
    if key == "issued":
        try:
            return iso_date(value)
        except ValueError:
            return ""
    if key == "author":
        return ", ".join(_name(author) for author in value)
    return str(value)


def _name(author: Mapping[str, str]) -> str:
    parts = ("given", "non-dropping-particle", "family", "suffix")
    return author.get("literal") or " ".join(filter(None, map(author.get, parts)))


def first_year(text: str) -> str:
    """Return the first ISO date in a text, as exact as it is; empty if it has none."""
    match = ISO_DATE.search(text.replace("/", "-"))
    return match.group() if match and is_iso_date(match.group()) else ""
