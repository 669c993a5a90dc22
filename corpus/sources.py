"""The sources of a corpus: ``sources.json`` in CSL-JSON, checked against ``files/``.

A fault in one item or file leaves out that document; the others are used. A fault that puts the
whole listing in doubt (not JSON, repeated ids, unlisted files) is a CorpusError.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.changing import settle
from corpus.checks import SHA256, Audience, is_safe_name, item_faults, shown
from corpus.dates import iso_date
from corpus.digests import corpus_digest, source_digest
from corpus.errors import CorpusError, Skipped
from corpus.labels import label_of
from corpus.listing import (
    LISTING,
    json_faults,
    read_items,
    same_id_faults,
    text_of,
    unlisted_faults,
)
from corpus.status import Status, status_of

__all__ = [
    "Audience",
    "Corpus",
    "CorpusError",
    "Skipped",
    "Source",
    "read_corpus",
    "source_of",
]

VERSION_DIGITS = 12
File = tuple[Path, str]
"""A file and the hex digest of its bytes."""


@dataclass(frozen=True, slots=True)
class Source:
    """One source file and what people need to judge a quote from it."""

    doc_id: str
    """The file's name without its extension; also the ``id`` of its CSL item."""
    path: Path
    sha256: str
    """Hex digest of the file's bytes."""
    title: str
    """Empty if unknown."""
    label: str
    """A few words that name the source beside a quote; never empty."""
    audience: Audience | Literal[""]
    """Who the source was written for; empty if unknown."""
    evidence: str
    """Kind of evidence: "single-patient case report, n = 1"; empty if unknown."""
    rights: str
    """On what terms the text is here; empty if unknown."""
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
    status: tuple[Status, ...] = ()
    """What has happened to it since it was published, the gravest first; empty if nothing known."""
    pdf: Path | None = None
    """The document as it was printed, where the text is from another file: JATS or HTML."""
    pdf_sha256: str = ""
    """Hex digest of its bytes; empty without one."""

    @property
    def name(self) -> str:
        """The title or, where it is not known, the label."""
        return self.title or self.label

    @property
    def is_labelled(self) -> bool:
        """Whether the corpus's owner wrote the label; else it is made of the other facts."""
        return bool(text_of(self.csl, "custom", "label").strip())

    @property
    def pages(self) -> tuple[Path, str] | None:
        """The PDF whose pages may be shown, and its hex digest; None if there is none."""
        if self.csl.get("custom", {}).get("page_images", True) is not True:
            return None
        if self.pdf is not None:
            return self.pdf, self.pdf_sha256
        return (self.path, self.sha256) if self.path.suffix.lower() == ".pdf" else None

    @property
    def updated(self) -> str:
        """The newest date known for the source: revised, else issued."""
        return self.revised or self.issued

    @property
    def is_retracted(self) -> bool:
        """Whether it is known to have been retracted."""
        return any(status.kind == "retracted" for status in self.status)

    @property
    def is_pinned(self) -> bool:
        """Whether ``sources.json`` holds the hash, so that a change of the file is noticed."""
        return bool(text_of(self.csl, "custom", "sha256"))


@dataclass(frozen=True, slots=True)
class Corpus:
    """The documents of a corpus folder that can be used, and those that cannot."""

    folder: Path
    sources: tuple[Source, ...]
    """In the order of ``sources.json``; at least one."""
    skipped: tuple[Skipped, ...]
    sha256: str
    """Hex digest of the ids and files of ``sources`` and of the question bank's files."""

    @property
    def version(self) -> str:
        """The name of what is in the library now: enough of its digest to tell millions apart."""
        return self.sha256[:VERSION_DIGITS]

    @property
    def doc_ids(self) -> frozenset[str]:
        """The ids of all listed documents, including the skipped ones."""
        return frozenset(one.doc_id for some in (self.sources, self.skipped) for one in some)


def read_corpus(folder: Path) -> Corpus:
    """Read ``sources.json`` and check every item and file; what has a fault is skipped.

    Raises:
        CorpusError: if ``sources.json`` is missing or malformed, two items have the same id, a
            file is not listed, or nothing is left. It then also holds the faults of all items.

    """
    settle(folder)
    listing = folder / LISTING
    items = read_items(listing)
    if not items:
        raise CorpusError(f"{listing}: lists no documents; add one by `quotewell add`")
    faults = [*same_id_faults(listing, items), *unlisted_faults(folder / "files", items)]
    roots = folder.resolve(), (folder / "files").resolve()
    sources, skipped = [], []
    for number, item in enumerate(items, start=1):
        try:
            sources.append(_source(folder, roots, number, item))
        except CorpusError as error:
            skipped.append(Skipped(text_of(item, "id"), error.faults))
    if faults or not sources:
        raise CorpusError(*faults, *(fault for one in skipped for fault in one.faults))
    return Corpus(
        folder, tuple(sources), tuple(skipped), corpus_digest(folder / "questions", sources)
    )


def _source(folder: Path, roots: tuple[Path, ...], number: int, item: object) -> Source:
    """Return the source of an item, or raise a CorpusError with all faults of item and file."""
    doc_id = text_of(item, "id")
    place = f"{folder / LISTING}: item {number}" + (f" ({shown(doc_id)})" if doc_id else "")
    faults = [f"{place}: {fault}" for fault in (*item_faults(item), *json_faults(item))]
    digests = []
    for digest in (_checked_digest, _pdf_digest):
        try:
            digests.append(digest(folder / "files", roots, item))
        except CorpusError as error:
            faults += error.faults
    if faults or not isinstance(item, dict):
        raise CorpusError(*faults)
    paths = [
        folder / "files" / item["custom"][key] for key in ("file", "pdf") if item["custom"].get(key)
    ]
    return source_of(item, *zip(paths, digests, strict=False))


def source_of(item: Mapping[str, Any], file: File, pdf: File | None = None) -> Source:
    """Return the source of an item without faults.

    Args:
        item: of the listing.
        file: that is read.
        pdf: beside it.

    """
    custom = item["custom"]
    return Source(
        doc_id=item["id"],
        path=file[0],
        sha256=file[1],
        pdf=pdf[0] if pdf else None,
        pdf_sha256=pdf[1] if pdf else "",
        title=item.get("title", "").strip(),
        label=label_of(item),
        audience=custom.get("audience", "").strip(),
        evidence=custom.get("evidence", "").strip(),
        rights=custom.get("rights", "").strip(),
        authors=tuple(_name(author) for author in item.get("author", [])),
        container=item.get("container-title") or item.get("publisher", ""),
        issued=iso_date(item["issued"]) if "issued" in item else "",
        revised=custom.get("revised", ""),
        doi=item.get("DOI", ""),
        url=item.get("URL", ""),
        csl=item,
        status=status_of(custom),
    )


def _name(author: Mapping[str, str]) -> str:
    return author.get("literal") or f"{author.get('given', '')} {author['family']}".strip()


def _checked_digest(files: Path, roots: tuple[Path, ...], item: object) -> str:
    """Return the digest of an item's file; empty if the item names none."""
    name, pinned = text_of(item, "custom", "file"), text_of(item, "custom", "sha256").lower()
    if not name or not is_safe_name(name):
        return ""
    digest = source_digest(files / name, roots)
    if SHA256.fullmatch(pinned) and digest != pinned:
        raise CorpusError(
            f"{files / name}: changed: its SHA-256 is {digest}, sources.json says {pinned}; "
            "restore the file or, if the change is intended, delete sha256 from its item and run "
            "`quotewell list --pin`"
        )
    return digest


def _pdf_digest(files: Path, roots: tuple[Path, ...], item: object) -> str:
    """Return the digest of the PDF beside an item's file; empty if the item names none."""
    name = text_of(item, "custom", "pdf")
    return source_digest(files / name, roots) if name and is_safe_name(name) else ""
