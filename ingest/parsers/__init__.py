"""One parser per format: a source file's bytes in, a draft of its blocks out."""

from collections.abc import Callable

from ingest.blocks import Draft
from ingest.parsers import markdown, text

Parser = Callable[[bytes], Draft]
"""Raises UnreadableFileError for bytes that are not of its format."""

PARSERS: dict[str, Parser] = {
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".txt": text.parse,
}
"""File suffix, lower case, to parser."""
