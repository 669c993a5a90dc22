"""What a DOCX says of itself, and what whoever adds it should know of how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.facts import Fact
from ingest.parsers.docx.kinds.part import Part
from ingest.parsers.docx.reading.around import DELETED
from ingest.parsers.docx.zipped.package import Package
from ingest.parsers.docx.zipped.xml import attribute, children
from ingest.parsers.facts import find_facts, letters_of
from ingest.parsers.xml import Element
from ingest.references import DOI

FIRST_PAGE = 3_000
"""Characters that are looked at for facts, unless a new page begins before."""
CORE, CUSTOM = "core-properties", "custom-properties"


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of the file: Word's own and those that other programs add."""

    info: dict[str, str] = field(default_factory=dict)
    """By name: "title", "creator", "subject", "keywords", and whatever else."""

    @property
    def doi(self) -> str:
        """What a property calls the DOI."""
        match = DOI.search(self.info.get("doi", "") or self.info.get("identifier", ""))
        return match.group() if match else ""

    @property
    def titles(self) -> tuple[str, ...]:
        """What is called the title: often a template's."""
        title = " ".join(self.info.get("title", "").split())
        return (title,) if title else ()


def read_properties(package: Package) -> Properties:
    """Return what the parts for properties say; a part that is missing says nothing."""
    info: dict[str, str] = {}
    for kind in (CUSTOM, CORE):
        for part in package.related(kind, "")[:1]:
            root = package.xml(part)
            info |= dict(_properties(root)) if root is not None else {}
    return Properties(info)


def _properties(root: Element) -> Iterator[tuple[str, str]]:
    for one in children(root):
        local = str(one.tag).rpartition("}")[2]
        key = attribute(one, "name") if local == "property" else local
        text = "".join(one.itertext()).strip()
        if key and text:
            yield key.lower(), text


def facts_of(properties: Properties, parts: Sequence[Part]) -> tuple[Fact, ...]:
    """Return the facts of the properties and of the first page."""
    first = first_page(parts)
    title = next((p.text for p in parts if p.kind == "heading" and p.level == 1), "")
    found = find_facts(properties, first, title)
    return found + tuple(_authors(properties, first))


def first_page(parts: Sequence[Part]) -> str:
    """Return the text up to the first page break that the author set."""
    texts: list[str] = []
    for part in parts:
        if sum(map(len, texts)) > FIRST_PAGE or (part.paragraph.begins_page and texts):
            break
        texts.append(part.text)
    return "\n".join(texts)


def _authors(properties: Properties, first: str) -> Iterator[Fact]:
    """Yield who wrote the file and is named on its first page: others may be secretaries."""
    letters = letters_of(first)
    for name in properties.info.get("creator", "").split(";"):
        if letters_of(name) and letters_of(name) in letters:
            yield Fact("author", name.strip(), "metadata")


def find_notes(reasons: set[str], *, embeds: bool) -> tuple[str, ...]:
    """Return what whoever adds the file should know, a sentence each.

    Args:
        reasons: why stretches of it were left out.
        embeds: whether it holds another document.

    """
    notes = []
    if DELETED in reasons:
        notes.append(
            "It holds tracked changes: what they insert was read, what they delete was left out; "
            "accept or reject them in Word to be sure."
        )
    if embeds:
        notes.append("Another document is embedded in it and was not read.")
    return tuple(notes)
