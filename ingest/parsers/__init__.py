"""One parser per format: the decoded source file in, a draft of its blocks out."""

from collections.abc import Callable

from ingest.blocks import Draft
from ingest.parsers import markdown, text

PARSERS: dict[str, Callable[[str], Draft]] = {
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".txt": text.parse,
}
"""File suffix, lower case, to parser."""
