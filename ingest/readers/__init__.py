"""One reader a format: the decoded source file in, a draft of its blocks out."""

from collections.abc import Callable

from ingest.blocks import Draft
from ingest.readers import markdown, text

READERS: dict[str, Callable[[str], Draft]] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".txt": text.read,
}
"""File suffix, lower case, to reader."""
