"""Which entry of an export describes a file: by DOI, then by title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from library.exports.entry import Entry
from library.proposal import doi_of, title_of


class Matcher:
    """Entries to find by what a file says of itself."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_doi: dict[str, Entry] = {}
        self._by_title: dict[str, Entry] = {}
        self._matched: set[str] = set()
        for entry in entries:
            if doi := doi_of(entry.item):
                self._by_doi.setdefault(doi, entry)
            if title := title_of(entry.item):
                self._by_title.setdefault(title, entry)

    def match(self, item: Mapping[str, Any]) -> Entry | None:
        """Return the entry that describes a file of which ``item`` is known, if one does."""
        found = self._by_doi.get(doi_of(item)) or self._by_title.get(title_of(item))
        if found:
            self._matched.add(found.place)
        return found

    def is_matched(self, entry: Entry) -> bool:
        """Whether a file was found that an entry describes."""
        return entry.place in self._matched
