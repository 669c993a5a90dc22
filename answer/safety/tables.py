"""The tables of this folder, ``words/*.toml``, and texts in the form in which they are matched."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from answer.notices.phrases import load_tables
from answer.notices.spelling import fold

FOLDER = Path(__file__).with_name("words")
WORDS = load_tables("asks", "dates", "doses", "harms", "patients", "pronouns", folder=FOLDER)


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return a stretch of a document as ``answer.notices.spelling.fold`` does, uncorrected."""
    return fold(text, is_typed=False)
