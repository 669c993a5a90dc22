"""Headings of a page that sets them in bold and marks none but its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.parsers.html.around.names import TITLE, is_called
from ingest.parsers.html.kinds.flow import Made
from ingest.references import is_reference_heading
from ingest.repair.headings import MAX_HEADING_WORDS

ENDS = re.compile(r"[.:;,…][\"”’')\]]*$")
"""How no heading ends; a question may be one."""
LONGEST_TITLE = 30
"""Words."""


def mark_title(made: Made, titles: Sequence[str]) -> None:
    """Mark the first paragraph as the title of a page without an h1, where the page says it is.

    It does if it has the paragraph's words as its own title, or calls the paragraph a title.
    """
    first = next((at for at, block in enumerate(made.blocks) if block.kind != "notice"), None)
    if first is None or any(b.kind == "heading" and b.level == 1 for b in made.blocks):
        return
    block, element = made.blocks[first], made.of[first]
    if block.kind != "paragraph" or len(block.text.split()) > LONGEST_TITLE:
        return
    is_named = element is not None and is_called(TITLE, element)
    is_known = any(_letters(block.text) in _letters(title) for title in titles)
    if is_named or (is_known and not ENDS.search(block.text)):
        made.blocks[first] = replace(block, kind="heading", level=1)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.lower() if letter.isalnum())


def mark_bold_headings(made: Made) -> None:
    """Mark the headings that are not marked up as such.

    A bold line of its own with text under it is one on a page that marks no headings under its
    title. A line that says "References" above a list is one on any page.
    """
    levels = {block.level for block in made.blocks if block.kind == "heading"}
    is_marked = len([b for b in made.blocks if b.kind == "heading"]) > 1
    level = min(levels, default=0) + 1
    for at, block in enumerate(made.blocks[:-1]):
        following = made.blocks[at + 1]
        if block.kind != "paragraph" or block.level or following.kind == "heading":
            continue
        is_bold = made.is_bold[at] and not made.is_bold[at + 1] and not is_marked
        is_title = (
            is_bold and len(block.text.split()) <= MAX_HEADING_WORDS and "\n" not in block.text
        )
        is_list = is_reference_heading(block.text) and following.kind == "item"
        if (is_title and not ENDS.search(block.text)) or is_list:
            made.blocks[at] = replace(block, kind="heading", level=max(level, 2))
