"""Find the headings of a file that marks none, and drop headings with nothing under them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from ingest.blocks import Block, Draft

MAX_HEADING_WORDS = 12
"""The longest heading in the patient pages examined has eleven words."""
ENDS_LIKE_TEXT = re.compile(r"[.!?:;,…][\"”’')\]]*$|[a-z][-‐]$")
SMALL = re.compile(r"[a-z]+(?:[\s,.;:]|$)")
"""How a block begins that continues the one before: with a word in lower case."""
OPEN = re.compile(r"\b(?:including|includes?|with|such as|are|is|and|or|the|can|may|on|by|from)$")
"""How a line ends that continues in the items under it: "It is usually treated with"."""
LABELLED = re.compile(r"^[^:]{1,40}: \S")


def guess_headings(draft: Draft) -> Draft:
    """Mark what looks like a heading, in the draft of a file that marks none.

    That is one short line without end punctuation, unless lower case in the next line shows it to
    be part of a sentence. The first is the title (level 1), the others are under it (level 2).
    """
    if draft.has_headings:
        return draft
    return replace(draft, blocks=tuple(_marked(draft.blocks)))


def _marked(blocks: tuple[Block, ...]) -> Iterator[Block]:
    level = 1
    for at, (block, following) in enumerate(zip_longest(blocks, blocks[1:])):
        is_cut = (at and SMALL.match(block.text)) or _goes_on(block, following)
        if _looks_like_heading(block) and not is_cut:
            block = replace(block, kind="heading", level=level)
        if block.kind == "heading":
            level = 2
        yield block


def _goes_on(block: Block, following: Block | None) -> bool:
    """Whether a block without a full stop is the beginning of what follows it."""
    if following is None or not SMALL.match(following.text):
        return False
    return following.kind == "paragraph" or OPEN.search(block.text) is not None


def _looks_like_heading(block: Block) -> bool:
    return (
        block.kind == "paragraph"
        and not block.level
        and len(block.text.split()) <= MAX_HEADING_WORDS
        and not ENDS_LIKE_TEXT.search(block.text)
        and not LABELLED.match(block.text)
        and "://" not in block.text
    )


def drop_empty_headings(draft: Draft) -> Draft:
    """Drop each heading that has neither text nor a deeper heading under it."""
    reasons = {}
    for at, block in enumerate(draft.blocks):
        following = draft.blocks[at + 1] if at + 1 < len(draft.blocks) else None
        if block.kind == "heading" and (following is None or _closes(block, following)):
            reasons[at] = "heading with nothing under it"
    return draft.without(reasons)


def _closes(heading: Block, following: Block) -> bool:
    return following.kind == "heading" and following.level <= heading.level
