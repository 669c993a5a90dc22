"""Tags, comments and text of an HTML file, each with its place, in one pass.

The standard library's html.parser gives places too, but takes quadratic time on comments and tags
without an end, raises on unknown declarations, and loses a script without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Literal, NamedTuple

TokenKind = Literal["text", "raw", "start", "end", "comment"]

TAG_NAME = re.compile(r"</?([A-Za-z][^\s/>]*+)")
REST_OF_TAG = re.compile(
    r"""(?: [^>=]++ | =\s*+ (?: "[^"]*+" | '[^']*+' | [^\s>"'][^\s>]*+ )?+ )*+ >""", re.VERBOSE
)
"""A quotation mark counts only after "=": anywhere else it is a character of a name."""
ATTRIBUTE = re.compile(
    r"""([^\s/>=][^\s/>=]*+)
        (?: \s*+=\s*+ (?: "([^"]*+)" | '([^']*+)' | ([^\s>"'][^\s>]*+) )?+ )?+""",
    re.VERBOSE,
)
SELF_CLOSED = re.compile(r"(?:^|[\s\"'])/\s*$")
COMMENT_END = re.compile(r"--!?>")
NOT_PARSED = {"script", "style", "xmp", "iframe", "noembed", "noframes"}
"""Elements whose content is text up to their end tag, whatever it looks like."""
ENTITIES_ONLY = {"title", "textarea"}
"""The same, but with entities."""
MOST_ATTRIBUTES = 100
"""Of one tag; further ones are not read. No page needs more."""


class Token(NamedTuple):
    """A stretch of the source. All stretches follow one another and together are the source."""

    kind: TokenKind
    start: int
    end: int
    tag: str = ""
    """In lower case; of raw text, the element it is in."""
    is_closed: bool = False
    """Of a start tag: whether it ends with "/>"."""


def scan(source: str) -> Iterator[Token]:
    """Yield the tokens of a file; each character is looked at a fixed number of times."""
    at = start = 0
    while (at := source.find("<", at)) >= 0:
        token = _mark_up(source, at)
        if token is None:
            at += 1
            continue
        if start < at:
            yield Token("text", start, at)
        yield token
        at = start = token.end
        if token.kind == "start" and token.tag in NOT_PARSED | ENTITIES_ONLY:
            at = start = _end_of_raw(source, token)
            kind: TokenKind = "raw" if token.tag in NOT_PARSED else "text"
            if token.end < at:
                yield Token(kind, token.end, at, token.tag)
    if start < len(source):
        yield Token("text", start, len(source))


def attributes(source: str, token: Token) -> dict[str, str]:
    """Return the attributes of a start tag, names in lower case; the first of a name counts."""
    name = TAG_NAME.match(source, token.start)
    found: dict[str, str] = {}
    begin = name.end() if name else token.end
    for count, match in enumerate(ATTRIBUTE.finditer(source, begin, token.end)):
        if count == MOST_ATTRIBUTES:
            break
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    return found


def _mark_up(source: str, at: int) -> Token | None:
    """Return the token that begins with "<", or None if that is a character like any other."""
    name = TAG_NAME.match(source, at)
    if name is None:
        return _comment(source, at) if source[at + 1 : at + 2] in ("!", "?", "/") else None
    rest = REST_OF_TAG.match(source, name.end())
    if rest is None:
        return Token("comment", at, len(source))  # the file ends in the middle of a tag
    kind: TokenKind = "end" if source[at + 1] == "/" else "start"
    tail = source[max(name.end(), rest.end() - 9) : rest.end() - 1]
    return Token(kind, at, rest.end(), name[1].lower(), SELF_CLOSED.search(tail) is not None)


def _comment(source: str, at: int) -> Token:
    """Return a comment, a declaration or an instruction; without an end it is all that follows."""
    if source.startswith("<!--", at):
        if source.startswith(("<!-->", "<!--->"), at):
            return Token("comment", at, source.index(">", at) + 1)
        match = COMMENT_END.search(source, at + 4)
        return Token("comment", at, match.end() if match else len(source))
    is_data = source.startswith("<![CDATA[", at)
    mark = "]]>" if is_data else ">"
    end = source.find(mark, at)
    return Token("comment", at, end + len(mark) if end >= 0 else len(source))


def _end_of_raw(source: str, token: Token) -> int:
    """Return where the end tag of an element whose content is not parsed begins."""
    if token.is_closed:
        return token.end
    end = re.compile(rf"</{re.escape(token.tag)}(?=[\s/>])", re.I).search(source, token.end)
    return end.start() if end else len(source)
