"""One parser per format: the bytes of a source file in, a draft of its blocks out."""

from collections.abc import Callable

from ingest.blocks import Draft
from ingest.parsers import markdown, text
from ingest.parsers.signatures import IN_WORD

Parser = Callable[[bytes], Draft]
"""Raises UnreadableFileError for bytes that are not of its format."""


def _pdf(data: bytes) -> Draft:
    from ingest.parsers.pdf import parse  # loads PDFium, which only a child process needs

    return parse(data)


def _jats(data: bytes) -> Draft:
    from ingest.parsers.jats import parse  # loads lxml, likewise

    return parse(data)


def _html(data: bytes) -> Draft:
    from ingest.parsers.html import parse

    return parse(data)


def _docx(data: bytes) -> Draft:
    from ingest.parsers.docx import parse  # loads lxml, likewise

    return parse(data)


PARSERS: dict[str, Parser] = {
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".txt": text.parse,
    ".pdf": _pdf,
    ".nxml": _jats,
    ".xml": _jats,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".docx": _docx,
}
"""The parser of each file extension, in lower case."""
UNTRUSTED = frozenset({".pdf", ".nxml", ".xml", ".html", ".htm", ".xhtml", ".docx"})
"""Formats whose files can crash or hang what reads them: read in a child process."""
INSTEAD = {
    **dict.fromkeys((".doc", ".rtf", ".odt"), IN_WORD),
    ".docm": "it may hold macros; save it in Word as .docx",
}
"""What to do with files that are like those above."""
