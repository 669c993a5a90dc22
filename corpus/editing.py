"""Change items in the text of ``sources.json``; every other item stays as it was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpus.json_text import DECODER, values
from corpus.listing import text_of

Item = Mapping[str, Any]

EMPTY = "[]\n"
"""The listing of a corpus without documents."""


def with_changes(text: str, changed: Mapping[str, Item | None], added: Iterable[Item] = ()) -> str:
    """Return the text of a ``sources.json`` with some items changed, taken out or added.

    Args:
        text: the listing as it is.
        changed: what an id's item becomes; None takes it out.
        added: items that go to the end.

    """
    written = [*_kept(text, changed), *map(_written, added)]
    return "[\n " + ",\n ".join(written) + "\n]\n" if written else EMPTY


def _kept(text: str, changed: Mapping[str, Item | None]) -> Iterator[str]:
    for start in values(text):
        item, end = DECODER.raw_decode(text, start)
        doc_id = text_of(item, "id")
        if doc_id not in changed:
            yield text[start:end]
        elif (new := changed[doc_id]) is not None:
            yield _written(new)


def _written(item: Item) -> str:
    return json.dumps(item, ensure_ascii=False, indent=1).replace("\n", "\n ")
