"""The tokens of inline mark-up that hold no others: each is read as soon as it is found.

Each function reads one token and returns where the text continues.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace

from ingest.parsers.inline.emphasis import mark
from ingest.parsers.inline.formulas import is_price, read_formula
from ingest.parsers.inline.output import Output
from ingest.parsers.inline.tags import AUTOLINK, BREAK, RAISED, RAISED_DIGITS, end_of_tag


def read_escape(out: Output, match: re.Match[str]) -> int:
    """Keep the character after the backslashes."""
    return out.keep(match.end() - 1, match.end())


def read_formula_token(out: Output, match: re.Match[str]) -> int:
    """Write a formula as text; one that cannot be read stays as it is."""
    start, end = match.span()
    before = out.excerpt.text[start - 1] if start else ""
    if match["formula"] and is_price(before, match.group()[1:-1]):
        return out.keep(start, start + 1)
    text = read_formula(match.group())
    if text is None:
        return out.verbatim(start, end)
    return out.rewrite(text, start, end) if text else out.drop(start, end, "empty formula")


def read_code(out: Output, match: re.Match[str]) -> int:
    """Keep what is between backticks, without the spaces that separate it from them."""
    start, end = match.span()
    close = out.closers.ticks(end - start, end)
    if close < 0:
        return out.keep(start, end)
    code = out.excerpt.text[end:close]
    pad = int(code.startswith(" ") and code.endswith(" ") and not code.isspace())
    out.verbatim(end + pad, close - pad)
    return close + end - start


def read_angle(out: Output, match: re.Match[str]) -> int:
    """Drop a comment, keep an address, skip a tag; any other "<" stands for itself."""
    text, start = out.excerpt.text, match.start()
    if text.startswith("<!--", start):
        end = out.closers.find("-->", start + 4)
        return out.drop(start, end + 3, "comment") if end >= 0 else out.keep(start, start + 1)
    if link := AUTOLINK.match(text, start):
        # The brackets cut the source in two: a quote across them holds two stretches of it.
        url = f"mailto:{link['url']}" if link["email"] else link["url"]
        out.nodes.append(replace(out.excerpt.piece(*link.span("url"), seam="link"), url=url))
        return link.end()
    if line := BREAK.match(text, start):
        return out.rewrite("\n", *line.span())
    if raised := RAISED.match(text, start):
        return out.rewrite(raised["number"].translate(RAISED_DIGITS), start, raised.end())
    return end_of_tag(text, start) or out.keep(start, start + 1)


def read_line_end(out: Output, match: re.Match[str]) -> int:
    """Keep an intentional line end."""
    return out.rewrite("\n", match.end() - 1, match.end())


def read_entity(out: Output, match: re.Match[str]) -> int:
    """Write the character that an entity stands for."""
    character = html.unescape(match.group())
    if not character or character == match.group():
        return out.keep(*match.span())
    is_blank = character.isspace() and character != "\u00a0"
    return out.rewrite(" " if is_blank else character, *match.span())


def read_mark(out: Output, match: re.Match[str]) -> int:
    """Set a mark aside until its meaning is known."""
    out.nodes.append(mark(out.excerpt.text, *match.span()))
    return match.end()


def read_space(out: Output, match: re.Match[str]) -> int:
    """Keep one of several blanks."""
    out.rewrite(" ", match.start(), match.start() + 1)
    return match.end()


LEAVES: dict[str, Callable[[Output, re.Match[str]], int]] = {
    "escape": read_escape,
    "display": read_formula_token,
    "formula": read_formula_token,
    "ticks": read_code,
    "angle": read_angle,
    "line": read_line_end,
    "entity": read_entity,
    "mark": read_mark,
    "space": read_space,
}
"""By the name of their token."""
