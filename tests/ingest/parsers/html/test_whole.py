"""Every character of a page is in a block, or left out with a reason, or is mark-up; none is twice."""

import contextlib
import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.errors import UnreadableFileError
from ingest.parsers.html import parse
from ingest.parsers.html.markup.scan import scan
from tests.ingest.test_fixtures import FOLDER

PAGES = [path for path in FOLDER.iterdir() if path.suffix in (".html", ".htm", ".xhtml")]
MARK_UP = r"(?:\s|\u00ad|\u200b|\u2060|\ufeff|&(?:shy|nbsp|\#173|ZeroWidthSpace);?)*"
"""What may stand in the text of a file and be neither in a block nor in what was left out."""
WORDS = st.sampled_from([
    "a", "bb. ", "é", "𝒳", "\n", " ", "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<a href=x>",
    "<a href='#r'>", "</a>", "<sup>1</sup>", "<sup>", "</sup>", "<br>", "<ul>", "<li>", "</ul>", "<table>", "<td>",
    "<th>", "</table>", "<caption>", "<h1>", "<h2>", "</h2>", "<h2>References</h2>", "<li id=r>1. A 2019", "<!--", "-->",
    "<script>", "</script>", "<title>", "</title>", "<nav>", "</nav>", "<main>", "</main>", "<head>", "<body>", "&amp;",
    "&nbsp;", "&lt", "&#8805;", "&#0;", "&", "<", ">", "<img>", "<figcaption>", "</figcaption>", "<pre>", "</pre>",
    "<dl><dt>", "<dd>", "<del>", "</del>", "<p class=ad>", "<div hidden>", "\u00ad", "\ue000", "<![CDATA[", "]]>", "<?x>",
    "<th>", "<thead>", "<td colspan=2>", "<td rowspan=3>", "<caption>", "<tfoot>", "<summary>", "<form>", "</form>", "<font face=symbol>", "</font>", "<msup>", "Figure 1", "Table 1. A", "=\"", "'",
])  # fmt: skip
FILES = st.lists(WORDS, max_size=40).map("".join)


def check(data):
    draft = parse(data)
    source, held = draft.source, [0] * len(draft.source)
    pieces = [piece for block in draft.blocks for piece in block.pieces]
    for piece in pieces:
        if piece.source is None:
            assert piece.text == " " or not piece.text.strip("\t")
            continue
        here = source[piece.source.start : piece.source.end]
        assert piece.text == here or piece.text.isspace() or is_read(piece.text, here), (
            piece,
            here,
        )
    spans = [piece.source for piece in pieces if piece.source] + [d.source for d in draft.dropped]
    for span in spans:
        for at in range(span.start, span.end):
            held[at] += 1
    assert max(held, default=0) <= 1
    assert all(d.text == source[d.source.start : d.source.end] for d in draft.dropped)
    for token in scan(source):
        if token.kind == "text":
            left = "".join(
                c
                for at, c in enumerate(source[token.start : token.end], token.start)
                if not held[at]
            )
            assert re.fullmatch(MARK_UP, left), left


def is_read(text, here):
    """Whether a text is an entity, or a superscript of numbers."""
    bare = re.sub(r"<[^>]*>", "", here)
    return html.unescape(here) == text or (here.startswith("<") and len(bare.strip()) >= len(text))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_ordinary_pages_are_held_whole(path):
    check(path.read_bytes())


@given(text=FILES)
@example(text="<pre><del>a")
def test_whatever_a_page_holds_is_held_whole(text):
    with contextlib.suppress(UnreadableFileError):
        check(("<p>Some text." + text).encode())


@given(data=st.binary(max_size=80))
def test_bytes_are_parsed_or_refused(data):
    with contextlib.suppress(UnreadableFileError):
        parse(data)
