"""What the published figures say of a library without a question bank, in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WITHOUT_BANK = ("others", "without_bank")
"""The measured libraries without a bank, the one that says most of other libraries first: documents
of which the reader has seen nothing, and the supplied documents as if they had come without one."""
NO_BANK = "This library has no bank of known questions."
WORSE = "So it misses more answers than a library that has one."
MEASURED = (
    "In a test without one, {:.0f} out of 100 questions got what they should. That is the right "
    "quotes, or none where the texts have no answer."
)


def no_bank(path: Path) -> str:
    """Say that a library has no question bank, and how good answers are then.

    Args:
        path: the file of published figures; without one that can be read, no figure is named.

    """
    try:
        published: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        measured = next(published[name] for name in WITHOUT_BANK if name in published)
        share = float(measured["figures"]["handled"]["value"])
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return f"{NO_BANK} {WORSE}"
    return f"{NO_BANK} {MEASURED.format(100 * share)}"
