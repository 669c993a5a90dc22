"""What the corpus is made of: ``sources.json`` in CSL-JSON, checked against ``files/``.

CorpusError is raised for everything that is wrong with a corpus folder; its message names the
file and ends with what to do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

Audience = Literal["clinician", "patient"]


class CorpusError(Exception):
    """A corpus folder that cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source file and what the reader of a quote needs to judge it."""

    doc_id: str
    """The file's name without its ending; also the ``id`` of its CSL item."""
    path: Path
    sha256: str
    """Hex digest of the file's bytes."""
    title: str
    label: str
    """A few words that name the source in a line of facts."""
    audience: Audience
    """Whom the source was written for."""
    evidence: str
    """Kind of evidence: "single-patient case report, n = 1"."""
    rights: str
    """On what terms the text is here."""
    authors: tuple[str, ...]
    """Given name first; an organisation as it calls itself."""
    container: str
    """Journal, or publisher of a page."""
    issued: str
    """ISO date of publication, as exact as known: "2024-06-19", "2024"; empty if unknown."""
    revised: str
    """ISO date of the last revision; empty if unknown."""
    doi: str
    url: str
    csl: Mapping[str, Any]
    """The whole CSL item, for citation processors."""

    @property
    def updated(self) -> str:
        """The newest date known of the source: revised, else issued."""
        return self.revised or self.issued


def read_sources(corpus: Path) -> tuple[Source, ...]:
    """Return the sources of a corpus folder, in the order of ``sources.json``.

    Raises:
        CorpusError: if the folder, ``sources.json`` or a file is missing or malformed, a file
            is not listed, listed twice, or its bytes do not have the hash that is listed.

    """
    listing = corpus / "sources.json"
    sources = tuple(_source(corpus, item, at) for at, item in enumerate(_items(listing), start=1))
    _check_listing(corpus, listing, sources)
    for source in sources:
        _check_hash(source)
    return sources


def corpus_hash(corpus: Path) -> str:
    """Return one hex digest for the files and the question bank: another digest, another corpus.

    Raises:
        CorpusError: as ``read_sources`` does.

    """
    lines = sorted(f"{source.doc_id} {source.sha256}" for source in read_sources(corpus))
    for path in sorted((corpus / "questions").glob("*.jsonl")):
        lines.append(f"questions/{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _items(listing: Path) -> list[Mapping[str, Any]]:
    try:
        items = json.loads(listing.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CorpusError(
            f"{listing}: not there; give a folder with sources.json and files/ to --corpus"
        ) from error
    except (OSError, ValueError) as error:
        raise CorpusError(f"{listing}: not readable as JSON ({error}); mend the file") from error
    if not isinstance(items, list) or not items:
        raise CorpusError(f"{listing}: holds no list of CSL items; add one item for each file")
    return items


def _source(corpus: Path, item: Mapping[str, Any], number: int) -> Source:
    try:
        return _checked_source(corpus, item)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise CorpusError(
            f"{corpus / 'sources.json'}: item {number} lacks or misuses {error}; "
            "see corpus/README.md for what an item needs"
        ) from error


def _checked_source(corpus: Path, item: Mapping[str, Any]) -> Source:
    custom = item["custom"]
    name = custom["file"]
    if Path(name).name != name or Path(name).stem != item["id"]:
        raise ValueError(
            f"file {name!r} for id {item['id']!r} (the id is the file's name without its ending)"
        )
    if custom["audience"] not in get_args(Audience):
        raise ValueError(
            f"audience {custom['audience']!r} (use one of {', '.join(get_args(Audience))})"
        )
    return Source(
        doc_id=item["id"],
        path=corpus / "files" / name,
        sha256=custom["sha256"].lower(),
        title=item["title"],
        label=custom["label"],
        audience=custom["audience"],
        evidence=custom["evidence"],
        rights=custom["rights"],
        authors=tuple(_name(author) for author in item.get("author", [])),
        container=item.get("container-title") or item.get("publisher", ""),
        issued=_date(item.get("issued")),
        revised=custom.get("revised", ""),
        doi=item.get("DOI", ""),
        url=item.get("URL", ""),
        csl=item,
    )


def _name(author: Mapping[str, str]) -> str:
    return author.get("literal") or f"{author.get('given', '')} {author['family']}".strip()


def _date(date: Mapping[str, Any] | None) -> str:
    if not date:
        return ""
    year, *rest = date["date-parts"][0]
    return "-".join([f"{int(year):04d}", *(f"{int(part):02d}" for part in rest)])


def _check_listing(corpus: Path, listing: Path, sources: tuple[Source, ...]) -> None:
    listed = [source.path.name for source in sources]
    twice = sorted({name for name in listed if listed.count(name) > 1})
    if twice:
        raise CorpusError(f"{listing}: lists {', '.join(twice)} twice; keep one item a file")
    folder = corpus / "files"
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    unlisted = sorted(name for name in there - set(listed) if not name.startswith("."))
    if unlisted:
        raise CorpusError(
            f"{folder}: {', '.join(unlisted)} not listed; add an item to sources.json "
            "or move the file away"
        )


def _check_hash(source: Source) -> None:
    try:
        digest = hashlib.sha256(source.path.read_bytes()).hexdigest()
    except OSError as error:
        raise CorpusError(
            f"{source.path}: cannot be read ({error.strerror}); put the file back or take its item "
            "out of sources.json"
        ) from error
    if digest != source.sha256:
        raise CorpusError(
            f"{source.path}: its SHA-256 is {digest}, sources.json says {source.sha256}; "
            "restore the file, or update the hash if the change is meant"
        )
