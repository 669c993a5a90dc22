"""Turn text into HTML so that the page holds the same characters.

``verbatim`` is the only way for text to get into a fragment, and ``spliced`` the only way for
anything to get into text: tags, which have no characters of their own.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from ingest.document import Seam
from ui.facts import joined

CLOSE_INNER, CLOSE, BETWEEN, OPEN, OPEN_INNER = range(5)
"""The order of marks at the same offset."""

Insert = tuple[int, int, str]
"""An offset into text, the order at that offset, and the tag that goes there."""


def verbatim(text: str) -> str:
    """Escape text so that the page holds exactly its characters, line ends and tabs too."""
    escaped = html.escape(text)
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def spliced(text: str, inserts: Iterable[Insert]) -> str:
    """Escape text and insert tags at some of its offsets; its characters stay as they are."""
    made, at = [], 0
    for offset, _, tag in sorted(inserts):
        made += [verbatim(text[at:offset]), tag]
        at = offset
    return "".join([*made, verbatim(text[at:])])


def stressed(start: int, end: int, links: Iterable[Insert]) -> Iterator[Insert]:
    """Yield the tags that stress a stretch, in pieces, so that none crosses a link's edge."""
    edges = {offset for offset, _, _ in links if start < offset < end}
    for one, next_one in pairwise(sorted({start, end, *edges})):
        yield one, OPEN_INNER, '<b class="qw-words">'
        yield next_one, CLOSE_INNER, "</b>"


def seam_marks(seams: Sequence[Seam], start: int) -> Iterator[Insert]:
    """Yield a visible mark for each seam of text that starts at ``start`` in its document."""
    for seam in seams:
        yield (
            seam.offset - start,
            BETWEEN,
            f'<span class="qw-seam" title="{joined([seam])}"></span>',
        )
