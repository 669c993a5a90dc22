"""Headings, captions, tables, superscripts, references and citations of a page."""

from ingest.assemble import assemble
from ingest.drafting.steps import draft_bytes
from ingest.parsers.html import parse

LIST = (
    "<h2>References</h2><ol>"
    + "".join(f"<li id=r{n}>Paper {n}. J Test. 20{n + 9}.</li>" for n in range(1, 6))
    + "</ol>"
)


def blocks(source):
    return [(block.kind, block.text) for block in parse(source.encode()).blocks]


def cited(source):
    document = assemble("doc", draft_bytes(".html", source.encode(), "doc"), "")
    return [(document.quote(span), numbers) for span, numbers in document.cited]


def test_captions_are_told_from_the_text():
    assert blocks(
        "<figure><img><figcaption><b>Figure 1.</b> <p>A knee.</p></figcaption></figure>"
        "<div class=fig-label>Figure 2</div><div class=figureCaption>A hip.</div>"
    ) == [("caption", "Figure 1. A knee."), ("caption", "Figure 2 A hip.")]


def test_a_table_without_a_head_is_left_out_and_its_caption_kept():
    draft = parse(b"<table><caption>Table 1. Doses</caption><tr><td>a<tr><td>1</table><p>After.")
    assert [block.kind for block in draft.blocks] == ["caption", "aside", "paragraph"]
    assert draft.blocks[1].reason == "table without a head row"


def test_a_table_that_arranges_the_page_is_text():
    assert blocks("<table><tr><td><h1>A</h1>B<td><table><tr><td>C</table></table>") == [
        ("heading", "A"),
        ("paragraph", "B"),
        ("paragraph", "C"),
    ]


def test_bold_lines_are_headings_where_none_are_marked():
    page = "<h1>T</h1><p><b>Rest</b></p><p>Lie down.</p><p><b>Call us.</b></p><p>Soon."
    assert [kind for kind, _ in blocks(page)] == [
        "heading",
        "heading",
        "paragraph",
        "paragraph",
        "paragraph",
    ]
    assert blocks("<h2>A</h2>" + page)[2][0] == "paragraph"


def test_superscripts_of_numbers_look_raised():
    assert blocks("<p>10<sup>6</sup> in 2 m<sup> 2 </sup>, 1<sup>st</sup>, H<sub>2</sub>O") == [
        ("paragraph", "10⁶ in 2 m², 1st, H2O")
    ]


def test_what_the_page_shows_otherwise_than_the_file_says_is_not_quoted():
    page = (
        "<p>Take 5 <font face=Symbol>m</font>g. Ten is 10<sup>2.5</sup>. Keep <img src=ge.gif> 5. "
        "<font face=symbol>a is b. Or c</font> is d. It is <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>. Take \ue06dg. <img alt=''> Plain. <a href=x>A <img></a> link."
    )
    draft = draft_bytes(".html", page.encode(), "doc")
    assert [block.text for block in draft.blocks] == ["Plain. A link."]


def test_bullets_of_fonts_are_no_text():
    page = "<p><span style='font-family:Symbol'>&middot;</span> Rest. <p>\ue001 Ice."
    assert blocks(page) == [("paragraph", "Rest."), ("paragraph", "Ice.")]


def test_entries_lose_their_printed_numbers():
    page = "<h2>References</h2><div>[1] A. 2001.</div><div>[2] B. 2002.</div><h2>Next</h2><p>1. C 2003."
    draft = parse(page.encode())
    assert [(b.kind, b.number, b.text) for b in draft.blocks[1:3]] == [
        ("item", 1, "A. 2001."),
        ("item", 2, "B. 2002."),
    ]
    assert draft.blocks[-1].kind == "paragraph"


def test_links_to_entries_are_citations():
    page = "<p>As shown (<a href=#r2>Two et al., 2011</a>) and [<a href=#r1>1</a>]; see <a href=#x>below</a>."
    assert cited(page + LIST) == [("Two et al., 2011", (2,)), ("[1]", (1,)), ("1", (1,))]


def test_between_the_links_of_a_range_are_citations_too():
    page = "<p>In most [<a href=#r2>2</a>–<a href=#r4>4</a>]."
    assert cited(page + LIST)[0] == ("[2–4]", (2, 3, 4))


def test_superscripts_are_citations():
    linked = "<p>In most<sup><a href=#r1>1</a>-<a href=#r3>3</a></sup> of 5 m<sup>2</sup>."
    assert cited(linked + LIST) == [("¹⁻³", (1, 2, 3))]
    assert cited("<p>In most<sup>1,4-5</sup> of 5 m<sup>2</sup>." + LIST) == [("¹,⁴⁻⁵", (1, 4, 5))]
    assert cited("<p>In most<sup>7</sup>." + LIST) == []
    authors = "<h1>T</h1><p>A. One<sup>1</sup>, B. Two<sup>2</sup></p><h2>Methods</h2>"
    assert cited(authors + "<p>In most<sup>3,4</sup>." + LIST) == [("³,⁴", (3, 4))]
