"""Make paragraphs whole that a page break, a caption or a publisher's notice cuts in two."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.blocks import Block, Draft, Piece
from ingest.document import SeamKind

CAPTION = re.compile(
    r"(?:Supplementary |Supplemental )?(?:Figure|Fig\.?|Table|Box|Scheme|Chart|Plate)"
    r" ?[A-Z]?\d+[.:|]"
)
NOTICE = re.compile(
    r"^(?:(?:manuscript |article )?(?:submitted|received|revised|accepted|published)\b.*\d{4}"
    r"|e-?mail: ?\S+@|doi: ?\S*10\.\d{4,}|https?://(?:dx\.)?doi\.org/|copyright\b|©"
    r"|(?:corresponding author|correspondence)\b)",
    re.IGNORECASE | re.MULTILINE,
)
ENDED = re.compile(r"[.!?:;…][\"”’')\]]*$")
CUT_WORD = re.compile(r"[^\W\d_]{2,}[-‐]$")
GOES_ON = re.compile(r"[a-z0-9(\[“\"‘]")
MIN_WORDS = 4
"""A shorter line without a full stop is a label or a name, not a sentence cut in two."""


@dataclass(frozen=True, slots=True)
class _Gap:
    start: int
    """Position of the block that is cut."""
    end: int
    """Position of the block that goes on."""
    kind: SeamKind


def mark_captions_and_notices(draft: Draft) -> Draft:
    """Tell captions and publisher's notices from the paragraphs they interrupt."""
    return replace(draft, blocks=tuple(_marked(block) for block in draft.blocks))


def _marked(block: Block) -> Block:
    if block.kind == "paragraph" and CAPTION.match(block.text):
        return replace(block, kind="caption")
    if block.kind == "paragraph" and NOTICE.search(block.text):
        return replace(block, kind="notice")
    return block


def join_cut_paragraphs(draft: Draft) -> Draft:
    """Join each paragraph or list item that stops mid-sentence with the block that goes on.

    What stood between them follows the joined paragraph. A hyphen that broke a word vanishes
    unless the draft writes the word with its hyphen elsewhere.
    """
    blocks = list(draft.blocks)
    words = " ".join(block.text for block in blocks).lower()
    at = 0
    while at < len(blocks):
        gap = _gap(blocks, at)
        if gap is None:
            at += 1
            continue
        joined = _joined(blocks[gap.start], blocks[gap.end], gap.kind, words)
        blocks[gap.start : gap.end + 1] = [joined, *blocks[gap.start + 1 : gap.end]]
    return replace(draft, blocks=tuple(blocks))


def _gap(blocks: list[Block], start: int) -> _Gap | None:
    block = blocks[start]
    if block.kind not in ("paragraph", "item") or ENDED.search(block.text):
        return None
    end = start + 1
    while end < len(blocks) and blocks[end].kind in ("caption", "notice"):
        end += 1
    if end == len(blocks) or not GOES_ON.match(blocks[end].text):
        return None
    cut_word = CUT_WORD.search(block.text)
    if blocks[end].kind != "paragraph" and not (cut_word and blocks[end].kind == block.kind):
        return None
    if not cut_word and len(block.text.split()) < MIN_WORDS:
        return None
    return _Gap(start, end, _kind(blocks[start + 1 : end], cut_word is not None))


def _kind(between: list[Block], is_cut_word: bool) -> SeamKind:
    if is_cut_word:
        return "hyphen"
    kinds = {block.kind for block in between}
    return "caption" if "caption" in kinds else "notice" if "notice" in kinds else "break"


def _joined(block: Block, rest: Block, kind: SeamKind, words: str) -> Block:
    head, first = block.pieces, replace(rest.pieces[0], seam=kind)
    if kind == "hyphen" and not _is_written(block.text, rest.text, words):
        head = _without_last_character(head)
    elif kind != "hyphen":
        head = (*head, Piece(" ", None))
    return replace(block, pieces=(*head, first, *rest.pieces[1:]))


def _is_written(head: str, rest: str, words: str) -> bool:
    """Whether the draft writes the broken word with a hyphen in another place."""
    left = re.findall(r"\w+[-‐]$", head.lower())
    right = re.findall(r"^\w+", rest.lower())
    return bool(left and right) and left[0] + right[0] in words


def _without_last_character(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    last = pieces[-1]
    if len(last.text) == 1 or last.source is None:
        return pieces[:-1]
    source = replace(last.source, end=last.source.end - 1)
    return (*pieces[:-1], replace(last, text=last.text[:-1], source=source))
