"""Every character of the tree stands where the tree says, whatever mark-up is around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.parsers.jats.xml import read_xml

SPELLINGS = {
    "as it is": ("<a>x y</a>", [("x y", "x y")]),
    "an entity": ("<a>x &lt; y</a>", [("x ", "x "), ("<", "&lt;"), (" y", " y")]),
    "a number": ("<a>&#945;&#x3B2;</a>", [("α", "&#945;"), ("β", "&#x3B2;")]),
    "beyond the first plane": ("<a>𝒳&#x1D4B3;</a>", [("𝒳", "𝒳"), ("𝒳", "&#x1D4B3;")]),
    "CDATA": ("<a>x<![CDATA[<b>&amp;]]>y</a>", [("x", "x"), ("<b>&amp;", "<b>&amp;"), ("y", "y")]),
    "a comment": ("<a>x<!-- <b> & -->y</a>", [("x", "x"), ("y", "y")]),
    "an instruction": ("<a>x<?do <b> ?>y</a>", [("x", "x"), ("y", "y")]),
    "tags in attributes": ("<a b='>' c=\"/>\">x<d e='</a>'/>y</a>".replace("</a>'", "'"), [("x", "x"), ("y", "y")]),
    "line ends": ("<a>x\ny</a>\n", [("x\ny", "x\ny")]),
    "before and after": ("<?xml version='1.0'?>\n<!-- x -->\n<a>y</a>\n<!-- z -->", [("y", "y")]),
}  # fmt: skip
NODES = st.recursive(
    st.sampled_from(["x", " ", "&amp;", "&#233;", "<![CDATA[<&]]>", "<!-- > -->", "<?p >?>", "é"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: f"<b c='>'>{''.join(parts)}</b>"),
    max_leaves=20,
)


@pytest.mark.parametrize("name", SPELLINGS)
def test_a_character_has_its_place_however_it_is_spelt(name):
    source, texts = SPELLINGS[name]
    found = list(read_xml(source).texts)
    assert [(t.text, source[t.span.start : t.span.end]) for t in found] == texts


@given(st.lists(NODES, max_size=6).map("".join))
def test_every_tree_is_told_from_its_tags(inside):
    source = f"<a>{inside}</a>"
    root = read_xml(source)
    for element in root.iter():
        assert source[element.start] == "<"
        assert source[element.end - 1] == ">"
    for text in root.texts:
        assert (
            len(text.text) != len(text.span) or source[text.span.start : text.span.end] == text.text
        )


def test_names_come_without_their_prefixes():
    root = read_xml('<a xmlns:x="urn:x"><x:b x:href="y&amp;z"/></a>')
    assert [(one.tag, one.get("href")) for one in root.elements] == [("b", "y&z")]


def test_an_element_is_found_by_its_path():
    root = read_xml("<a><b><c>x</c></b><b><c>y</c></b></a>")
    assert root.at("b", "c").text == "x"
    assert root.at("b", "d") is None
    assert [one.text for one in root.iter("c")] == ["x", "y"]


def test_a_doctype_is_not_fetched():
    source = '<!DOCTYPE a PUBLIC "-//X//Y" "http://127.0.0.1:9/a.dtd">\n<a>x</a>'
    assert read_xml(source).text == "x"
