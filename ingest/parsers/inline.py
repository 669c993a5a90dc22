"""Inline mark-up of Markdown and LaTeX, read as a person sees it, every character located."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from itertools import chain

from pylatexenc.latex2text import LatexNodes2Text

from ingest.blocks import Piece, tidy
from ingest.document import Dropped, Span

TOKEN = re.compile(
    r"""
    (?P<escape>\\+[!-/:-@\[-`{-~])
  | (?P<math>\$(?!\s)[^$\n]*[^$\s]\$(?!\d))
  | (?P<image>!\[[^\]\n]*\]\([^)\n]*\))
  | (?P<link>\[(?P<label>[^\[\]\n]*)\]\((?P<url>[^)\s]*)[^)\n]*\))
  | <(?P<autolink>(?:https?|mailto):[^>\s]+)>
  | (?P<code>`+)(?P<verbatim>[^\n]+?)(?P=code)
  | (?P<break>\ {2,}\n|\\\n|<br\s*/?>)
  | (?P<tag><!--.*?-->|</?[A-Za-z][^<>\n]*>)
  | (?P<entity>&(?:\#\d+|\#x[0-9A-Fa-f]+|[A-Za-z]\w*);)
  | (?P<mark>\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w))
  | (?P<space>[ \t\n\f\v]+)
    """,
    re.VERBOSE | re.DOTALL,
)
NO_SPACE_AFTER = re.compile(r"[-‐‑(\[/]$")
NO_SPACE_BEFORE = re.compile(r"^[-‐‑)\],.;:%/]")

_LATEX = LatexNodes2Text(math_mode="text", keep_comments=True)


def render(source: str, span: Span) -> tuple[tuple[Piece, ...], tuple[Dropped, ...]]:
    """Return the characters that a person sees of ``source[span]``, and what was left out.

    Emphasis, escapes, entities and tags vanish; a formula is one piece of Unicode text; a link
    is its label, unless it leads nowhere: such a stub and an image are left out and reported.
    """
    dropped: list[Dropped] = []
    pieces = list(_pieces(source, span, dropped))
    return tidy(_close_up(pieces)), tuple(dropped)


def _pieces(source: str, span: Span, dropped: list[Dropped]) -> Iterator[Piece]:
    paired = _paired_marks(source, span)
    at = span.start
    while match := TOKEN.search(source, at, span.end):
        if match.start() > at:
            yield _same(source, at, match.start())
        kind = match.lastgroup or ""
        if match["image"]:
            dropped.append(Dropped(Span(*match.span()), match.group(), "image"))
        elif match["link"]:
            yield from _link(source, match, dropped)
        elif match["mark"]:
            if match.start() not in paired:
                yield _same(source, *match.span())
        else:
            yield from _RENDER[_name(match, kind)](source, match)
        at = match.end()
    if at < span.end:
        yield _same(source, at, span.end)


def _name(match: re.Match[str], last: str) -> str:
    return "code" if match["verbatim"] else last


def _same(source: str, start: int, end: int) -> Piece:
    return Piece(source[start:end], Span(start, end))


def _link(source: str, match: re.Match[str], dropped: list[Dropped]) -> Iterator[Piece]:
    url = match["url"]
    if not url.strip("#"):
        dropped.append(Dropped(Span(*match.span()), match.group(), "link to nowhere"))
        return
    inner = _pieces(source, Span(*match.span("label")), dropped) if match["label"] else iter(())
    for piece in inner:
        yield Piece(piece.text, piece.source, piece.seam, _unescaped(url))


def _unescaped(url: str) -> str:
    return re.sub(r"\\+([_*~#-])", r"\1", url)


def _escape(source: str, match: re.Match[str]) -> Iterator[Piece]:
    yield _same(source, match.end() - 1, match.end())


def _math(source: str, match: re.Match[str]) -> Iterator[Piece]:
    text = " ".join(_LATEX.latex_to_text(match.group()).split())
    # The source pads a formula with blanks that nobody sees: _close_up takes them back.
    if text:
        yield Piece(text, Span(*match.span()))


def _autolink(source: str, match: re.Match[str]) -> Iterator[Piece]:
    start, end = match.span("autolink")
    # The brackets cut the source in two: a quote across them holds two stretches of the file.
    yield Piece(source[start:end], Span(start, end), seam="link", url=match["autolink"])


def _code(source: str, match: re.Match[str]) -> Iterator[Piece]:
    yield _same(source, *match.span("verbatim"))


def _break(source: str, match: re.Match[str]) -> Iterator[Piece]:
    yield Piece("\n", Span(match.end() - 1, match.end()))


def _tag(source: str, match: re.Match[str]) -> Iterator[Piece]:
    return iter(())


def _entity(source: str, match: re.Match[str]) -> Iterator[Piece]:
    yield Piece(html.unescape(match.group()), Span(*match.span()))


def _space(source: str, match: re.Match[str]) -> Iterator[Piece]:
    yield Piece(" ", Span(match.start(), match.start() + 1))


_RENDER: dict[str, Callable[[str, re.Match[str]], Iterator[Piece]]] = {
    "escape": _escape,
    "math": _math,
    "autolink": _autolink,
    "code": _code,
    "break": _break,
    "tag": _tag,
    "entity": _entity,
    "space": _space,
}


def _paired_marks(source: str, span: Span) -> set[int]:
    """Return where the emphasis marks stand that open or close something."""
    opened: list[re.Match[str]] = []
    paired: set[int] = set()
    for match in TOKEN.finditer(source, span.start, span.end):
        if not match["mark"]:
            continue
        mark = match["mark"]
        opener = next((m for m in reversed(opened) if m["mark"] == mark), None)
        if opener and not source[match.start() - 1].isspace():
            paired |= {opener.start(), match.start()}
            opened = opened[: opened.index(opener)]
        elif match.end() < span.end and not source[match.end()].isspace():
            opened.append(match)
    return paired


def _close_up(pieces: list[Piece]) -> Iterator[Piece]:
    """Leave out the blanks that pad a formula where no person would write one."""
    ends = [Piece("", None)]
    for before, piece, after in zip(
        chain(ends, pieces), pieces, chain(pieces[1:], ends), strict=False
    ):
        formula_next = _is_rewritten(after) and NO_SPACE_AFTER.search(before.text)
        formula_last = _is_rewritten(before) and NO_SPACE_BEFORE.search(after.text)
        if not (piece.text == " " and (formula_next or formula_last)):
            yield piece


def _is_rewritten(piece: Piece) -> bool:
    return piece.source is not None and len(piece.source) != len(piece.text)
