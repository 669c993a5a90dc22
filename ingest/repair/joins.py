"""Join paragraphs that a page break, a caption or a publisher's notice cuts in two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from ingest.blocks import Block, Draft, Piece
from ingest.document import SeamKind
from ingest.sentences import CITATIONS

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
ENDED = re.compile(rf"[.!?:;…][\"”’')\]]*{CITATIONS}?$")
"""How a sentence ends: with a full stop or the like, perhaps quotation marks, perhaps citations."""
CUT_WORD = re.compile(r"[^\W\d_]{2,}[-‐]$")
GOES_ON = re.compile(r"[a-z0-9(\[“\"‘]")
MIN_WORDS = 4
"""A shorter line without a full stop is a label or a name, not a sentence cut in two."""
COMPOUND = re.compile(r"(?<!\w)\w+(?:[-‐]\w+)+")
TAIL = 80
"""Characters at the end of a paragraph that decide whether it continues: a word, closing marks."""


@dataclass(slots=True)
class _Open:
    """A paragraph or list item that may continue in a later block."""

    first: Block
    pieces: list[Piece]
    tail: str
    n_words: int
    between: list[Block] = field(default_factory=list)
    """The captions and notices in the middle of it."""

    def goes_on_in(self, block: Block) -> bool:
        """Whether ``block`` is the next part of it."""
        if ENDED.search(self.tail) or not GOES_ON.match(block.text):
            return False
        if block.kind != "paragraph" and not (self.is_cut_word and block.kind == self.first.kind):
            return False
        return self.is_cut_word or self.n_words >= MIN_WORDS

    @property
    def is_cut_word(self) -> bool:
        """Whether it ends with a word that a hyphen breaks."""
        return CUT_WORD.search(self.tail) is not None

    def join(self, block: Block, between: list[Block], compounds: _Compounds) -> None:
        """Continue with ``block``; ``between`` is what separated the two."""
        kind = _kind(between, self.is_cut_word)
        if kind != "hyphen":
            self.pieces.append(Piece(" ", None))
        elif not compounds.holds(self.tail, block.text):
            _drop_last_character(self.pieces)
        self.pieces.append(replace(block.pieces[0], seam=kind))
        self.pieces.extend(block.pieces[1:])
        self.between.extend(between)
        self.tail = block.text[-TAIL:]
        self.n_words += len(block.text.split())


class _Compounds:
    """The hyphenated words that a draft has within a line."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._words = sorted(
            {
                pair
                for text in texts
                for word in COMPOUND.findall(text.lower())
                for pair in _pairs(word)
            }
        )

    def holds(self, head: str, rest: str) -> bool:
        """Whether the broken word, or a longer one that begins like it, is one of them."""
        left = re.search(r"\w+[-‐]$", head.lower())
        right = re.match(r"\w+", rest.lower())
        if left is None or right is None:
            return False
        word = left.group() + right.group()
        at = bisect_left(self._words, word)
        return at < len(self._words) and self._words[at].startswith(word)


def _pairs(word: str) -> Iterator[str]:
    """Yield "non-small" and "small-cell" of "non-small-cell"."""
    parts = re.split(r"([-‐])", word)
    for at in range(0, len(parts) - 2, 2):
        yield "".join(parts[at : at + 3])


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
    """Join each paragraph or list item that stops mid-sentence with the block that continues it.

    What was between them follows the joined paragraph. A hyphen that breaks a word is removed
    unless the draft writes the word with a hyphen elsewhere.
    """
    compounds = _Compounds(block.text for block in draft.blocks)
    return replace(draft, blocks=tuple(_joined(draft.blocks, compounds)))


def _joined(blocks: tuple[Block, ...], compounds: _Compounds) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if block.kind not in ("paragraph", "item"):
            yield block
            continue
        whole = _Open(block, list(block.pieces), block.text[-TAIL:], len(block.text.split()))
        at = _go_on(whole, blocks, at, compounds)
        yield replace(block, pieces=tuple(whole.pieces))
        yield from whole.between


def _go_on(whole: _Open, blocks: tuple[Block, ...], at: int, compounds: _Compounds) -> int:
    """Join the continuations from position ``at``; return the position of the first block left."""
    end = at
    while end < len(blocks):
        if blocks[end].kind in ("caption", "notice"):
            end += 1
        elif whole.goes_on_in(blocks[end]):
            whole.join(blocks[end], list(blocks[at:end]), compounds)
            at = end = end + 1
        else:
            break
    return at


def _kind(between: list[Block], is_cut_word: bool) -> SeamKind:
    if is_cut_word:
        return "hyphen"
    kinds = {block.kind for block in between}
    return "caption" if "caption" in kinds else "notice" if "notice" in kinds else "break"


def _drop_last_character(pieces: list[Piece]) -> None:
    last = pieces[-1]
    if len(last.text) == 1 or last.source is None:
        pieces.pop()
    else:
        source = replace(last.source, end=last.source.end - 1)
        pieces[-1] = replace(last, text=last.text[:-1], source=source)
