"""What every parser of text files must do with any file: lose nothing, say where all of it stands."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Span
from ingest.errors import UnreadableFileError
from ingest.parsers import PARSERS, UNTRUSTED
from tests.ingest.test_fixtures import FIXTURES

INLINE = r"""
    \\ | [*_]+ | `+ | !?\[ | \] (?: \( (?:\\.|[^()\\]|\((?:[^()]|\([^()]*\))*\))* \) | \[ [^\[\]]* \] )?
  | &\#32; | < /? [a-z][a-z0-9]* (?:\s+[a-z]+="[^"]*")* \s* /? > | > | \[\^[^\]]*\]
"""
MARKDOWN = rf"""
    \s | \#+ | [-+*•‣▪◦] | \d{{1,9}}[.)] | =+ | (?:[-*_][ \t]*){{3,}} | \[[ xX]\] | \[!\w+\]
  | \| | :?-+:?
  | {INLINE}
"""
TEXT = r"\s | [-*•‣▪◦·–] | \d{1,3}[.)] | (?P<rule>[-=_*~\#]) (?: [ \t]* (?P=rule) ){2,}"
OF_TEXT = sorted(PARSERS.keys() - UNTRUSTED)
MARK_UP = {".md": MARKDOWN, ".markdown": MARKDOWN, ".txt": TEXT}
"""What may stand in a file and be neither in a block nor in what was dropped."""
NAUGHTY = [
    "", " ", "\n", "a", "\ufeffa", "a\r\nb\rc\n", "𝒳 𝒴\n\n𝒵", "e\u0301\u0301", "a\u00a0b", "so\u00adft",
    "a\u2028b\u2029c\x85d", "\u202ea\u202c", "a\x0bb\x0cc", "\x1b[31m", "- \n-\n", "1.\n2.", "> \n>", "#",
    "# \n## ", "***", "a\n---\nb\n===", "```", "```\na", "    a\n\n\tb", "|a|\n|-|", "[a]: b", "[^a]: b",
    "[^a]: b\n\n\n    c\n\nd", "<!--", "<!-- a", "<!-- a --> b", "<p>\na\n", "&#0; &#1; &#x110000;", "$$",
    "$$\n$$", "$a$", "![", "![]()", "[](a)", "[a](b \"c", "\\", "\\\\\\", "*a **b* c**", "- a\n\n\n\n- b",
    "> " * 30 + "a", "- " * 30 + "a", "\t- a\n\t\t- b", "1. a\n   2. b\n3. c", "---\na: b\n---\nc",
    "---\na: b\n", "a\n    b\n> c\nd", "- a\nb\n  c\n\n  d\n\n    e", "> - a\n>   b\n> c", "a  \nb\\\nc",
]  # fmt: skip
WORDS = st.sampled_from([
    "a", "bb", "é", "𝒳", "\n", "\n\n", "#", "-", "*", "**", "_", "`", "```", "$", "$$", "[", "]", "](",
    ")", "![", "]:", "[^a]", "[^a]:", ">", "<", "<b>", "<!--", "-->", "|", "|-", "1.", "2)", "&amp;",
    "&", "\\", "\t", "\u00a0", "\u2028", "===", "---", ":", ".", "Abbreviations:", "(AB)", "https://a.b",
])  # fmt: skip
FILES = st.lists(WORDS, max_size=40).map(" ".join) | st.lists(WORDS, max_size=40).map("".join)


def pieces(draft):
    """Yield all pieces but the tabs between the cells of a table, which no file has."""
    for piece in (piece for block in draft.blocks for piece in block.pieces):
        if piece.source is None:
            assert re.fullmatch(r"\t+", piece.text)
        else:
            yield piece


def spans(draft):
    """Yield where in the source the pieces and what was dropped stand, angle brackets included."""
    for piece in pieces(draft):
        around = piece.seam == "link"
        yield Span(piece.source.start - around, piece.source.end + around)
    for dropped in draft.dropped:
        yield dropped.source


def check(suffix, data):
    """Check that a draft's pieces are what stands in the source, and hold all of it once."""
    draft = PARSERS[suffix](data)
    source, held = draft.source, [0] * len(draft.source)
    for piece in pieces(draft):
        here = source[piece.source.start : piece.source.end]
        is_blank = piece.text == " " or piece.text == "\n"
        assert piece.text == here or len(here) != len(piece.text) or (is_blank and here.isspace())
    for span in spans(draft):
        for at in range(span.start, span.end):
            held[at] += 1
    assert max(held, default=0) <= 1
    assert all(d.text == source[d.source.start : d.source.end] for d in draft.dropped)
    rest = "".join("\0" if n else c for c, n in zip(source, held, strict=True))
    for stretch in re.findall(r"[^\0]+", rest):
        assert re.fullmatch(rf"(?:{MARK_UP[suffix]})*", stretch, re.VERBOSE), stretch


@pytest.mark.parametrize("suffix", OF_TEXT)
def test_ordinary_files_are_held_whole(suffix):
    for path in FIXTURES:
        check(suffix, path.read_bytes())


@pytest.mark.parametrize("suffix", OF_TEXT)
@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_files_are_held_whole(suffix, text):
    check(suffix, text.encode())


@pytest.mark.parametrize("suffix", OF_TEXT)
@given(text=FILES)
def test_whatever_a_file_holds_is_held_whole(suffix, text):
    check(suffix, text.encode())


@pytest.mark.parametrize("suffix", OF_TEXT)
@given(data=st.binary(max_size=80))
def test_bytes_are_parsed_or_refused(suffix, data):
    with contextlib.suppress(UnreadableFileError):
        PARSERS[suffix](data)
