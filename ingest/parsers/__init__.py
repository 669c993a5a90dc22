"""One parser per format: the bytes of a source file in, a draft of its blocks out."""

from collections.abc import Callable

from ingest.blocks import Draft
from ingest.parsers import markdown, pdf, text

Parser = Callable[[bytes], Draft]
"""Raises UnreadableFileError for bytes that are not of its format."""

PARSERS: dict[str, Parser] = {
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".txt": text.parse,
    ".pdf": pdf.parse,
}
"""The parser of each file extension, in lower case."""
UNTRUSTED = frozenset({".pdf"})
"""Formats whose files can crash or hang what reads them: read in a child process."""
