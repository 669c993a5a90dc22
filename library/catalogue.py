"""The documents that a library has, by what tells whether a new one is among them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.changing import FILES
from corpus.checks import SHA256
from corpus.digests import file_digest, unfit
from corpus.listing import LISTING, read_items, text_of
from library.proposal import doi_of, title_of

Item = Mapping[str, Any]


class Catalogue:
    """The items of a corpus, found by id, bytes, DOI or title.

    Raises:
        CorpusError: if the listing cannot be read.

    """

    def __init__(self, folder: Path) -> None:
        self._files = folder / FILES
        self._items: dict[str, Item] = {}
        self._folded: dict[str, str] = {}
        self._by_digest: dict[str, str] = {}
        self._by_doi: dict[str, str] = {}
        self._by_title: dict[str, str] = {}
        for item in read_items(folder / LISTING):
            if text_of(item, "id"):
                self.put(item, self._digests(item))

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, doc_id: str) -> Item:
        return self._items[doc_id]

    def __contains__(self, doc_id: str) -> bool:
        return doc_id in self._items

    @property
    def taken(self) -> Collection[str]:
        """The ids, folded: two that differ in case only are one file on many systems."""
        return self._folded.keys()

    def put(self, item: Item, digests: Iterable[str]) -> None:
        """Take in a new or changed document, with the digests of its files."""
        doc_id = text_of(item, "id")
        self._items[doc_id] = item
        self._folded[doc_id.casefold()] = doc_id
        self._by_digest |= dict.fromkeys(digests, doc_id)
        for found, key in ((self._by_doi, doi_of(item)), (self._by_title, title_of(item))):
            if key:
                found.setdefault(key, doc_id)

    def called(self, name: str) -> str:
        """Return the id that is ``name`` but for its case; empty if there is none."""
        return self._folded.get(name.casefold(), "")

    def with_bytes(self, digest: str) -> str:
        """Return the id of the document one of whose files has this digest; empty if none has."""
        return self._by_digest.get(digest, "")

    def same_work(self, item: Item) -> str:
        """Return the id of a document with the same DOI or, if one has none, the same title."""
        doi = doi_of(item)
        if doi and doi in self._by_doi:
            return self._by_doi[doi]
        found = self._by_title.get(title_of(item), "")
        return "" if found and doi and doi_of(self._items[found]) else found

    def path(self, doc_id: str) -> Path:
        """Return the file of a document."""
        return self._files / text_of(self._items[doc_id], "custom", "file")

    def pdf(self, doc_id: str) -> Path | None:
        """Return the PDF beside the file of a document, if it has one."""
        name = text_of(self._items[doc_id], "custom", "pdf")
        return self._files / name if name else None

    def _digests(self, item: Item) -> Iterator[str]:
        """Yield the digests of an item's files; one that cannot be opened has none."""
        pinned = text_of(item, "custom", "sha256").lower()
        if SHA256.fullmatch(pinned):
            yield pinned
        for key in ("pdf",) if pinned else ("file", "pdf"):
            name = text_of(item, "custom", key)
            path = self._files / name
            if name and path.is_file() and not unfit(path):
                yield file_digest(path)
