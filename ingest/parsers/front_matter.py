"""The front matter of a Markdown file: YAML or TOML at the very top, for other programs."""

from __future__ import annotations

import re

FENCE = re.compile(r"(---|\+\+\+)[ \t]*\n")
FIELD = re.compile(r"[\w\"'.-][\w\"'. -]*[:=](?:\s|\Z)")
NO_FIELD = re.compile(r"[ \t#\]}]|-[ \t]|\n|\Z")
"""A line that continues a field, a comment, or a blank line."""


def end_of_front_matter(source: str) -> int:
    """Return where the front matter ends, including its last line, or 0 if there is none.

    Text between two rules is front matter only if every line of it looks like it.
    """
    opening = FENCE.match(source)
    if opening is None or not FIELD.match(source, opening.end()):
        return 0
    closing = re.compile(rf"(?:{re.escape(opening[1])}|\.\.\.)[ \t]*(?:\n|\Z)")
    at = opening.end()
    while at < len(source):
        if end := closing.match(source, at):
            return end.end()
        if not (FIELD.match(source, at) or NO_FIELD.match(source, at)):
            return 0
        at = source.find("\n", at) + 1 or len(source)
    return 0
