"""Broken mark-up is read as browsers read it."""

import pytest

from ingest.parsers.html import parse

CASES = {
    "paragraphs without end": ("<p>One<p>Two", ["One", "Two"]),
    "a division in a paragraph": ("<p>One<div>Two</div>Three", ["One", "Two", "Three"]),
    "emphasis over paragraphs": ("<p><b>One<p>Two</b> more", ["One", "Two more"]),
    "overlapping emphasis": ("<p>One <b>two <i>three</b> four</i> five", ["One two three four five"]),
    "an end tag of nothing": ("<p>One</span></div> two", ["One two"]),
    "items without end": ("<ul><li>One<li>Two<ul><li>Three</ul></ul>Four", ["One", "Two", "Three", "Four"]),
    "a heading without end": ("<h2>One<p>Two", ["One", "Two"]),
    "a heading around a paragraph": ("<h2><p>One</p></h2><p>Two", ["One", "Two"]),
    "a heading closed as another": ("<h2>One</h3><p>Two", ["One", "Two"]),
    "a head without end": ("<head><title>T</title><p>One", ["One"]),
    "a quotation mark in a bare value": ("<p title=it's>One's", ["One's"]),
    "a greater-than sign in a value": ('<p title="a > b">One', ["One"]),
    "self-closed elements": ("<p>One <a name='x'/>two<br/>three", ["One two\nthree"]),
    "no tags": ("<p>1 < 2 & 3 > 2; <3", ["1 < 2 & 3 > 2; <3"]),
    "two line breaks": ("<p>One<br>two<br><br>Three", ["One\ntwo", "Three"]),
    "entities": ("<p>&lt;5&nbsp;&micro;g &#8805; &#x2265; &copy 2 &nowhere; &amp;lt;", ["<5\xa0µg ≥ ≥ © 2 &nowhere; &lt;"]),
    "unseen characters": ("<p>hy&shy;phen\u00ad\u200bated", ["hyphenated"]),
    "blanks": ("<p> One\n\t two<b> </b>three ", ["One two three"]),
    "comments": ("<p>One<!-- two --> three<!-->four", ["One threefour"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_mark_up_is_read_as_in_a_browser(name):
    source, texts = CASES[name]
    assert [block.text for block in parse(source.encode()).blocks] == texts


def test_items_know_how_deep_they_are():
    draft = parse(b"<ul><li>One<p>More</p><ol><li>Two</ol><li>Three</ul>")
    assert [(b.kind, b.level) for b in draft.blocks] == [
        ("item", 1),
        ("paragraph", 1),
        ("item", 2),
        ("item", 1),
    ]
