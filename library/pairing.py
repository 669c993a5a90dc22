"""Two files of one paper: its text in JATS or HTML, and its pages as PDF."""

from __future__ import annotations

from pathlib import Path

from ingest.document import Document
from ingest.parsers.facts import letters_of

MARKED_UP = frozenset({".nxml", ".xml", ".html", ".htm", ".xhtml"})
"""Kinds of files that say of everything what it is, so that their text is the better one."""
LEAST_WHOLE = 0.4
"""Part of the PDF's letters that the other file must have: below it, it is an abstract. Of 17
papers as JATS and PDF the least is .77."""
LEAST_SAME = 0.5
"""Part of the long sentences of the other file that must stand in the PDF. Of 17 papers the least
is .96, and between two different ones the most is .02."""
LONG = 40
"""Letters of a sentence that no two papers have in common by chance."""


def is_pdf(path: Path) -> bool:
    """Whether a file shows pages and has no better text."""
    return path.suffix.lower() == ".pdf"


def is_marked_up(path: Path) -> bool:
    """Whether a file's text is better than that of the same paper's PDF."""
    return path.suffix.lower() in MARKED_UP


def are_one(text: Document, pages: Document) -> bool:
    """Whether a file in JATS or HTML holds the whole text of a PDF."""
    printed, ours = letters_of(pages.text), letters_of(text.text)
    sentences = [letters_of(one.text) for one in text.sentences if one.kind == "sentence"]
    long = [letters for letters in sentences if len(letters) >= LONG]
    same = sum(letters in printed for letters in long)
    return len(ours) >= LEAST_WHOLE * len(printed) and same >= LEAST_SAME * max(len(long), 1)
