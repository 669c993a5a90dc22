"""The block grammar of Markdown, by markdown-it-py: CommonMark with tables and footnotes.

markdown-it-py says which lines a block is on. Where its content begins on each of them, after
indentation and block-quote marks, is recorded while the block's rule is at work, because only then
does the parser's state know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import (
    StateBlock,
    code,
    fence,
    heading,
    html_block,
    lheading,
    paragraph,
    reference,
    table,
)
from markdown_it.token import Token

from ingest.parsers.inline.links import Labels

Rule = Callable[[StateBlock, int, int, bool], bool]
LeafKind = Literal[
    "heading", "paragraph", "code", "indented code", "table", "html", "link definition",
    "footnote", "nested too deeply",
]  # fmt: skip
BULLET = re.compile(r"^([ \t>]*)[•‣▪◦][ \t\u00a0]", re.MULTILINE)
"""Word processors' bullets, which CommonMark does not know."""
FOOTNOTE = re.compile(r"\[\^(?P<label>[^\[\]\s]{1,99})\]:")
MARKERS = re.compile(r"(?:[\s>*+-]|\d{1,9}[.)])*(?:\[!\w+\]\s*)?")
"""A line with only the marks of quotes, list items and alerts."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block that holds no other blocks."""

    kind: LeafKind
    lines: tuple[tuple[int, int], ...]
    """Where the content of each of its lines begins and ends in the text."""
    level: int = 0
    """Of a heading, from 1."""
    depth: int = 0
    """How many lists it is in."""
    is_quoted: bool = False
    """Whether it is in a block quote."""
    begins_item: bool = False
    """Whether it comes first in a list item."""


def parse_blocks(text: str) -> tuple[list[Leaf], Labels]:
    """Return the leaves of a text in order, and the labels that it defines."""
    # As many characters as before: offsets in what is parsed are offsets in the text.
    text = BULLET.sub(r"\1- ", text)
    tokens: list[Token] = []
    env: dict[str, Any] = {}
    markdown = _markdown()
    markdown.block.parse(text, markdown, env, tokens)
    leaves = sorted([*_leaves(tokens), *_skipped(text, tokens)], key=lambda leaf: leaf.lines)
    urls = {label: link["href"] for label, link in env.get("references", {}).items()}
    return leaves, Labels(urls, frozenset(env.get("footnotes", ())), normalizeReference)


def _leaves(tokens: list[Token]) -> Iterator[Leaf]:
    depth, n_quotes, begins_item = 0, 0, False
    for token in tokens:
        if token.tag in ("ul", "ol"):
            depth += token.nesting
        elif token.markup == ">":
            n_quotes += token.nesting
        elif token.type == "list_item_open":
            begins_item = True
        elif token.type == "leaf" and token.meta["leaf"].lines:
            leaf: Leaf = token.meta["leaf"]
            yield replace(leaf, depth=depth, is_quoted=n_quotes > 0, begins_item=begins_item)
            begins_item = False


def _skipped(text: str, tokens: list[Token]) -> Iterator[Leaf]:
    """Yield the lines that markdown-it-py passes over: it goes 20 levels deep and no further."""
    read: set[int] = set()
    for token in tokens:
        if token.type in ("leaf", "hr") and token.map:
            read.update(range(*token.map))
    for number, line in enumerate(re.finditer(r"[^\n]*\n?", text)):
        if number not in read and not MARKERS.fullmatch(line.group()):
            end = line.start() + len(line.group().rstrip())
            yield Leaf("nested too deeply", ((line.start(), end),))


class _Markdown(MarkdownIt):
    """markdown-it-py, except that it does not check links: we follow none."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url


@cache
def _markdown() -> MarkdownIt:
    markdown = _Markdown("commonmark", {"tasklists": True, "alerts": True}).enable("table")
    interrupts = ["paragraph", "reference"]
    before_text = [*interrupts, "blockquote"]
    rules: list[tuple[str, Rule, list[str]]] = [
        ("table", _leaf(_rows, _whole("table")), interrupts),
        ("code", _leaf(code, _whole("indented code")), []),
        ("fence", _leaf(fence, _whole("code")), [*before_text, "list"]),
        ("reference", _leaf(reference, _whole("link definition")), []),
        ("html_block", _leaf(html_block, _whole("html")), before_text),
        ("heading", _leaf(heading, _atx), before_text),
        ("lheading", _leaf(lheading, _setext), []),
        ("paragraph", _leaf(paragraph, _whole("paragraph")), []),
    ]
    for name, rule, alternatives in rules:
        markdown.block.ruler.at(name, rule, {"alt": alternatives})
    footnote = _leaf(_footnote, _whole("footnote"))
    markdown.block.ruler.before("reference", "footnote", footnote, {"alt": interrupts})
    return markdown


Describe = Callable[[StateBlock, int, list[Token]], Leaf]
"""Makes a leaf from the state after a rule, the line it began on and the tokens it made."""


def _leaf(rule: Rule, describe: Describe) -> Rule:
    """Return a rule that emits one token with the leaf in place of its own tokens."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = len(state.tokens)
        if not rule(state, start, end, silent):
            return False
        if not silent:
            leaf = describe(state, start, state.tokens[first:])
            del state.tokens[first:]
            token = state.push("leaf", "", 0)
            token.map = [start, state.line]
            token.meta = {"leaf": leaf}
        return True

    return run


def _lines(state: StateBlock, start: int, end: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        (state.bMarks[line] + state.tShift[line], state.eMarks[line]) for line in range(start, end)
    )


def _whole(kind: LeafKind) -> Describe:
    return lambda state, start, _: Leaf(kind, _lines(state, start, state.line))


def _atx(state: StateBlock, start: int, made: list[Token]) -> Leaf:
    opening, content, _ = made
    if not content.content:
        return Leaf("heading", ())
    first = state.bMarks[start] + state.tShift[start] + len(opening.markup)
    at = state.src.index(content.content, first)
    return Leaf("heading", ((at, at + len(content.content)),), len(opening.markup))


def _setext(state: StateBlock, start: int, made: list[Token]) -> Leaf:
    """Return an underlined heading, or the paragraph that a rule follows without a blank line."""
    opening, content, _ = made
    lines = _lines(state, start, state.line - 1)
    if opening.markup == "-" and (len(lines) > 1 or content.content.endswith(".")):
        return Leaf("paragraph", lines)
    return Leaf("heading", lines, int(opening.tag[1]))


def _rows(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Match a table: a row has a "|", so a note right under the table is not a row."""
    if not table(state, start, end, True):
        return False
    if not silent:
        state.line = start + 2
        while state.line < end and _is_row(state, state.line, end):
            state.line += 1
    return True


def _is_row(state: StateBlock, line: int, end: int) -> bool:
    if state.sCount[line] < state.blkIndent or state.is_code_block(line):
        return False
    if "|" not in state.src[state.bMarks[line] : state.eMarks[line]]:
        return False
    return not _is_ended(state, line, end, "blockquote")


def _footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Match a footnote's text and what belongs to it, indented or right under it."""
    label = FOOTNOTE.match(
        state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start]
    )
    if label is None or state.is_code_block(start):
        return False
    if not silent:
        state.env.setdefault("footnotes", set()).add(normalizeReference(label["label"]))
        state.line = start + 1
        while (line := _going_on(state, end)) is not None:
            state.line = line + 1
    return True


def _going_on(state: StateBlock, end: int) -> int | None:
    """Return the next line of the footnote above ``state.line``: one right under it or indented."""
    line = state.skipEmptyLines(state.line)
    if line >= end:
        return None
    is_right_under = line == state.line and not _is_ended(state, line, end, "paragraph")
    return line if is_right_under or state.is_code_block(line) else None


def _is_ended(state: StateBlock, line: int, end: int, kind: str) -> bool:
    rules = state.md.block.ruler.getRules(kind)
    return any(rule(state, line, end, True) for rule in rules)
