"""``sources.json`` as data, and what is wrong with the JSON itself."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import Any

from corpus.checks import kind_of, shown
from corpus.digests import unfit
from corpus.errors import CorpusError

LISTING = "sources.json"

MAX_DEPTH = 20
"""Nesting of objects and lists: CSL-JSON needs four levels, and Python recurses into them."""


class _Object(dict[str, Any]):
    """A JSON object that remembers its repeated keys."""

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = [key for key, count in counts.items() if count > 1]


def read_listing(listing: Path) -> str:
    """Return the text of ``sources.json`` as it is, including a byte order mark.

    Raises:
        CorpusError: if it is missing, not a regular file, too large, or not UTF-8.

    """
    try:
        if what := unfit(listing):
            raise CorpusError(f"{listing}: {what}; put the file itself there")
        return listing.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise CorpusError(
            f"{listing}: not there; give a folder with sources.json and files/ to --corpus"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"{listing}: cannot be read ({error}); check its permissions and save it as UTF-8"
        ) from error


def read_items(listing: Path) -> list[Any]:
    """Return the items of ``sources.json``, unchecked; a corpus may have none yet.

    Raises:
        CorpusError: if it cannot be read, is not JSON, or does not hold a list of items.

    """
    text = read_listing(listing).removeprefix("\ufeff")
    try:
        items = json.loads(text, object_pairs_hook=_Object, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{listing}: not JSON ({error}); fix the file") from error
    if not isinstance(items, list):
        raise CorpusError(
            f"{listing}: holds {kind_of(items)}, not a list of items; put [ and ] around it"
        )
    return items


def json_faults(item: object) -> Iterator[str]:
    """Yield what JSON allows in an item and we do not: deep nesting, repeated keys."""
    waiting: list[tuple[object, int]] = [(item, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            yield f"is more than {MAX_DEPTH} levels deep; remove what citations do not need"
            return
        if isinstance(value, _Object):
            for key in value.repeated:
                yield f"has the key {shown(key)} twice in one object; keep one of them"
            waiting += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]
        elif isinstance(value, str) and not _is_unicode(value):
            yield f"holds half a character, in {shown(value)}; type the text again"


def listing_faults(listing: Path, items: Sequence[object], files: Path) -> Iterator[str]:
    """Yield what is wrong with the items together, and with the folder of their files."""
    yield from _same_id_faults(listing, items)
    yield from _unlisted_faults(files, items)


def _same_id_faults(listing: Path, items: Sequence[object]) -> Iterator[str]:
    """Yield each id that several items have: only one of their files could be quoted."""
    numbers: defaultdict[str, list[str]] = defaultdict(list)
    for number, item in enumerate(items, start=1):
        if doc_id := text_of(item, "id"):
            numbers[doc_id].append(str(number))
    for doc_id, same in numbers.items():
        if len(same) > 1:
            yield (
                f"{listing}: items {', '.join(same[:-1])} and {same[-1]} have the same id, "
                f"{shown(doc_id)}; keep one of them, or rename a file and its id"
            )


def _unlisted_faults(files: Path, items: Sequence[object]) -> Iterator[str]:
    """Yield each file that no item lists; an item without a file name lists those with its id."""
    listed = {text_of(item, "custom", key) for item in items for key in ("file", "pdf")}
    ids = {text_of(item, "id") for item in items if not text_of(item, "custom", "file")}
    there = sorted(path.name for path in files.iterdir()) if files.is_dir() else []
    for name in there:
        is_known = name in listed or PurePath(name).stem in ids or name.startswith(".")
        if not is_known:
            yield (
                f"{files}: {shown(name)} is not listed; add an item to sources.json "
                "or move the file away"
            )


def text_of(item: object, *keys: str) -> str:
    """Return the text under these keys, each inside the one before; empty if there is none."""
    for key in keys:
        item = item.get(key) if isinstance(item, dict) else None
    return item if isinstance(item, str) else ""


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a value of JSON")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
