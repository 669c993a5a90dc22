"""Inline mark-up of Markdown and LaTeX, read as a person sees it, every character located."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from ingest.blocks import Piece, tidy
from ingest.document import Dropped
from ingest.parsers.excerpt import Excerpt
from ingest.parsers.inline.closers import Closers
from ingest.parsers.inline.leaves import LEAVES
from ingest.parsers.inline.links import Labels, Target, destination, reference
from ingest.parsers.inline.output import Output

TOKEN = re.compile(
    r"""
    (?P<escape>\\+[!-/:-@\[-`{-~])
  | (?P<display>\$\$[^$]+\$\$)
  | (?P<formula>\$(?!\s)[^$\n]*[^$\s]\$(?!\d))
  | (?P<note>\[\^[^\[\]\s]{1,99}\])
  | (?P<opener>!?\[)
  | (?P<closer>\])
  | (?P<ticks>`+)
  | (?P<angle><)
  | (?P<line>\ {2,}\n|\\\n)
  | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]\w{1,31});)
  | (?P<mark>\*+|_+)
  | (?P<space>[ \t\n\f\v\x85\u2028\u2029]{2,}|[\t\n\f\v\x85\u2028\u2029])
    """,
    re.VERBOSE,
)
"""None looks beyond the next character of its own kind, so that text is parsed in linear time; what
may be closed far away is looked up in ``Closers``."""
NO_SPACE_AFTER = re.compile(r"[-‐‑(\[/]$")
NO_SPACE_BEFORE = re.compile(r"^[-‐‑)\],.;:%/]")


def render(excerpt: Excerpt, labels: Labels) -> tuple[tuple[Piece, ...], tuple[Dropped, ...]]:
    """Return the characters that a person sees of an excerpt, and what was left out.

    Emphasis, escapes, entities and tags vanish; a formula is one piece of Unicode text; a link
    is its text. Links that lead nowhere, images, comments and footnote marks are left out and
    reported.
    """
    scanner = _Scanner(excerpt, labels)
    scanner.run()
    return tidy(_close_up(list(scanner.out.pieces()))), tuple(scanner.out.dropped)


@dataclass(frozen=True, slots=True)
class _Bracket:
    """An opening bracket that may turn out to be a link's or an image's."""

    start: int
    end: int
    n_nodes: int
    """Nodes and dropped stretches before it."""
    n_dropped: int

    @property
    def is_image(self) -> bool:
        return self.end - self.start == len("![")


class _Scanner:
    """Goes through an excerpt once; brackets wait until what closes them is found."""

    def __init__(self, excerpt: Excerpt, labels: Labels) -> None:
        self.out = Output(excerpt, Closers(excerpt.text))
        self._text, self._labels = excerpt.text, labels
        self._open: list[_Bracket] = []
        self._last_opened = -1
        self._n_around_link = 0
        """How many of the open brackets already hold a link and cannot become one."""

    def run(self) -> None:
        """Read the whole text."""
        at = 0
        while match := TOKEN.search(self._text, at):
            self.out.plain(at, match.start())
            at = self._token(match)
        self.out.plain(at, len(self._text))
        self.out.pair_up(0)

    def _token(self, match: re.Match[str]) -> int:
        """Read one token; return where the text continues."""
        kind = match.lastgroup or ""
        if kind in LEAVES:
            return LEAVES[kind](self.out, match)
        if kind == "closer":
            return self._closer(match)
        return self._note(match) if kind == "note" else self._push(*match.span())

    def _note(self, match: re.Match[str]) -> int:
        if self._labels.normalised(match.group()[2:-1]) in self._labels.footnotes:
            return self.out.drop(*match.span(), "footnote mark")
        return self._push(match.start(), match.start() + 1)

    def _push(self, start: int, end: int) -> int:
        self._open.append(_Bracket(start, end, len(self.out.nodes), len(self.out.dropped)))
        self._last_opened = start
        return self.out.keep(start, end)

    def _closer(self, match: re.Match[str]) -> int:
        bracket = self._open.pop() if self._open else None
        target = self._target(bracket, match) if bracket else None
        self._n_around_link = min(self._n_around_link, len(self._open))
        if bracket is None or target is None:
            return self.out.keep(*match.span())
        if bracket.is_image:
            return self._leave_out(bracket, target, "image")
        self._n_around_link = len(self._open)
        if not target.url.strip("#"):
            return self._leave_out(bracket, target, "link to nowhere")
        self.out.pair_up(bracket.n_nodes)
        url = re.sub(r"\\+([_*~#-])", r"\1", target.url)
        label = [replace(piece, url=url) for piece in self.out.pieces(bracket.n_nodes + 1)]
        self.out.nodes[bracket.n_nodes :] = label
        return target.end

    def _target(self, bracket: _Bracket, match: re.Match[str]) -> Target | None:
        """Return what the link or image leads to, or None if the brackets are just brackets."""
        if not bracket.is_image and len(self._open) < self._n_around_link:
            return None
        is_innermost = bracket.start == self._last_opened
        shown = self._text[bracket.end : match.start()] if is_innermost else None
        return destination(self._text, match.end()) or reference(
            self._text, match.end(), shown, self._labels
        )

    def _leave_out(self, bracket: _Bracket, target: Target, reason: str) -> int:
        del self.out.nodes[bracket.n_nodes :]
        del self.out.dropped[bracket.n_dropped :]
        return self.out.drop(bracket.start, target.end, reason)


def _close_up(pieces: list[Piece]) -> Iterator[Piece]:
    """Leave out the blanks around a formula where nobody would write one."""
    ends = [Piece("", None)]
    for before, piece, after in zip(
        chain(ends, pieces), pieces, chain(pieces[1:], ends), strict=False
    ):
        formula_next = _is_rewritten(after) and NO_SPACE_AFTER.search(before.text[-1:])
        formula_last = _is_rewritten(before) and NO_SPACE_BEFORE.search(after.text)
        if not (piece.text == " " and (formula_next or formula_last)):
            yield piece


def _is_rewritten(piece: Piece) -> bool:
    return piece.source is not None and len(piece.source) != len(piece.text)
