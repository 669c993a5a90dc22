"""The facts of a page from what it says of itself; what is not found is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.facts import Fact
from ingest.parsers.facts import letters_of, licence_in, study_in
from ingest.parsers.html.metadata import Metadata
from ingest.references import DOI

CITATION, DUBLIN, LINKED, GRAPH = "citation tags", "Dublin Core", "JSON-LD", "Open Graph"
YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
NAMES = {
    "title": ((CITATION, "citation_title"), (DUBLIN, "dc.title"), (DUBLIN, "dcterms.title")),
    "container-title": (
        (CITATION, "citation_journal_title"), (CITATION, "citation_conference_title"),
        (DUBLIN, "prism.publicationname"), (DUBLIN, "dcterms.ispartof"),
    ),
    "issued": (
        (CITATION, "citation_publication_date"), (CITATION, "citation_date"),
        (CITATION, "citation_online_date"), (CITATION, "citation_year"), (DUBLIN, "dc.date"),
        (DUBLIN, "dcterms.issued"), (DUBLIN, "dcterms.date"), (DUBLIN, "dc.date.issued"),
        (DUBLIN, "prism.publicationdate"), (GRAPH, "article:published_time"),
    ),
    "DOI": (
        (CITATION, "citation_doi"), (DUBLIN, "dc.identifier"), (DUBLIN, "dcterms.identifier"),
        (DUBLIN, "prism.doi"),
    ),
    "volume": ((CITATION, "citation_volume"), (DUBLIN, "prism.volume")),
    "issue": ((CITATION, "citation_issue"), (DUBLIN, "prism.number")),
    "publisher": (
        (CITATION, "citation_publisher"), (DUBLIN, "dc.publisher"), (DUBLIN, "dcterms.publisher"),
        (GRAPH, "og:site_name"),
    ),
    "licence": ((DUBLIN, "dc.rights"), (DUBLIN, "dcterms.license"), (DUBLIN, "dcterms.rights")),
    "language": ((CITATION, "citation_language"), (DUBLIN, "dc.language")),
}  # fmt: skip
"""Where each fact is looked for, best first; JSON-LD comes before Open Graph."""
OF_LINKED = {
    "container-title": ("isPartOf", "name"),
    "issued": ("datePublished", ""),
    "DOI": ("identifier", ""),
    "publisher": ("publisher", "name"),
    "licence": ("license", "url"),
    "language": ("inLanguage", ""),
}
"""The key of JSON-LD that has a fact, and that of the text in its value."""
AUTHORS = ((CITATION, "citation_author"), (DUBLIN, "dc.creator"), (DUBLIN, "dcterms.creator"))


def find_facts(metadata: Metadata, title: str, text: str) -> tuple[Fact, ...]:
    """Return what was found.

    Args:
        metadata: of the file.
        title: its first heading; empty without one.
        text: its text, in which a licence and a title are looked for.

    """
    facts = list(_facts(metadata, title, text))
    named = next((fact for fact in facts if fact.name == "title"), None)
    if named and (study := study_in(named.value)):
        facts.append(Fact("study", study, named.origin))
    return tuple(facts)


def _facts(metadata: Metadata, title: str, text: str) -> Iterator[Fact]:
    for name in NAMES:
        value, origin = _best(metadata, name)
        if not value and name == "title":
            value, origin = _title(metadata, title, text)
        if not value and name == "licence":
            value, origin = _licence(metadata, text)
        if not value and name == "language" and LANGUAGE.fullmatch(metadata.lang):
            value, origin = metadata.lang, "page"
        if value:
            yield Fact(name, value, origin)
    yield from _authors(metadata)
    first, last = metadata.first("citation_firstpage"), metadata.first("citation_lastpage")
    if first:
        yield Fact("page", f"{first}-{last}" if last and last != first else first, CITATION)


def _best(metadata: Metadata, name: str) -> tuple[str, str]:
    """Return the best value of a fact and where it was read; empty if there is none."""
    graph = [(origin, key) for origin, key in NAMES[name] if origin == GRAPH]
    named = [(origin, key) for origin, key in NAMES[name] if origin != GRAPH]
    for origin, key in named:
        if value := _clean(name, metadata.first(key)):
            return value, origin
    for work in metadata.works:
        key, inner = OF_LINKED.get(name, ("", ""))
        for value in _values(work.get(key), inner):
            if clean := _clean(name, value):
                return clean, LINKED
    for origin, key in graph:
        if value := _clean(name, metadata.first(key)):
            return value, origin
    return "", ""


def _clean(name: str, value: str) -> str:
    """Return a value as a fact has it, or nothing if it is not one."""
    if name == "issued":
        match = YEAR.search(value)
        return match[1] if match else ""
    if name == "DOI":
        match = DOI.search(value)
        return match.group() if match else ""
    return value[:1000]


def _values(data: Any, inner: str) -> Iterator[str]:  # noqa: ANN401  JSON holds anything
    """Yield the texts of a value of JSON-LD: a text, an object with a name, or a list of these."""
    for one in data if isinstance(data, list) else [data]:
        value = one.get(inner or "value") if isinstance(one, dict) else one
        if isinstance(value, str) and value.strip():
            yield " ".join(value.split())


def _authors(metadata: Metadata) -> Iterator[Fact]:
    for origin, key in AUTHORS:
        if names := metadata.metas.get(key):
            yield from (Fact("author", name, origin) for name in _single(names))
            return
    for work in metadata.works:
        if names := list(_values(work.get("author"), "name")):
            yield from (Fact("author", name, LINKED) for name in _single(names))
            return
    names = [name for name in metadata.metas.get("author", ()) if "://" not in name]
    yield from (Fact("author", name, "page") for name in _single(names))


def _single(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(name[:200] for name in names))


def _title(metadata: Metadata, title: str, text: str) -> tuple[str, str]:
    """Return a title that stands in the text, else the first heading, else the title element's."""
    letters = letters_of(text)
    for work in metadata.works:
        for value in (*_values(work.get("headline"), ""), *_values(work.get("name"), "")):
            if letters_of(value) in letters:
                return value, LINKED
    graph = metadata.first("og:title", "twitter:title")
    if graph and letters_of(graph) in letters:
        return graph, GRAPH
    return (title, "page") if title else (metadata.title, "title element")


def _licence(metadata: Metadata, text: str) -> tuple[str, str]:
    for address in metadata.licences:
        if address:
            return address, "link to the licence"
    licence = licence_in(text)
    return (licence, "page") if licence else ("", "")
