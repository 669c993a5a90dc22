"""The case report in every format that is read: made by script, so that its text is known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.formats.article import set_as_article
from benchmarks.formats.journal import typeset
from benchmarks.formats.page import set_as_page
from benchmarks.formats.word import typed
from ingest.blocks import Block
from ingest.document import Document
from ingest.drafting.steps import draft_bytes
from ingest.pipeline import ingest_bytes
from ui.settings import CORPUS

DOC_ID = "case_report"
MARKDOWN = CORPUS / "files" / f"{DOC_ID}.md"
Maker = Callable[[Sequence[Block]], bytes]
MAKERS: dict[str, Maker] = {
    "pdf": typeset,
    "nxml": set_as_article,
    "html": lambda blocks: set_as_page(blocks).encode(),
    "docx": typed,
}
"""By the ending of the file's name."""


def made(suffix: str, markdown: Path = MARKDOWN) -> bytes:
    """Return a Markdown file in another format; as it is for "md"."""
    data = markdown.read_bytes()
    if suffix == "md":
        return data
    return MAKERS[suffix](draft_bytes(".md", data, markdown.name).blocks)


def read(suffix: str, data: bytes) -> Document:
    """Return the document that is read from a file of this format."""
    return ingest_bytes(DOC_ID, f".{suffix}", data, f"{DOC_ID}.{suffix}")
