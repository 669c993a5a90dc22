"""The names that files get in a library: the same on every system, and easy to type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePath

MAX_BYTES = 80
"""Of a name without its ending: long enough to recognise a title, and far below what any file
system allows, also with the mark of a file that is not yet in its place."""
RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
"""Names that Windows keeps for devices."""
LONGEST_ENDING = 10
"""Letters: "markdown" has eight."""
NAMELESS = "document"


def stored_name(name: str) -> str:
    """Return the name that a file called ``name`` gets in a library: its id and its ending.

    Letters of every script, digits, ``.``, ``-`` and ``_`` stay; anything else becomes ``_``.
    """
    path = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/"))
    stem, suffix = path.stem, path.suffix.lower()
    if stem == path.name and stem.startswith("."):  # ".pdf" is an ending without a name
        stem, suffix = "", stem.lower()
    stem = re.sub(r"[^\w.-]+", "_", stem).strip("._-")
    stem = stem.encode()[:MAX_BYTES].decode(errors="ignore").rstrip("._-")
    if stem.split(".")[0].lower() in RESERVED:
        stem = f"{stem}_"
    ending = re.sub(r"[^a-z0-9]+", "", suffix)[:LONGEST_ENDING]
    return f"{stem or NAMELESS}.{ending}" if ending else stem or NAMELESS


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name like this whose id, in any case, is not taken: "smith_2.pdf"."""
    stem, suffix = PurePath(name).stem, PurePath(name).suffix
    free, number = stem, 1
    while free.casefold() in taken:
        number += 1
        free = f"{stem}_{number}"
    return f"{free}{suffix}"
